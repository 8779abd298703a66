package io.catwalk.serving.loading;

import static io.catwalk.serving.loading.Rig.FASHION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

import io.catwalk.network.inference.UnloadableModelException;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.StoreUnavailableException;
import io.catwalk.serving.LogCapture;
import io.catwalk.serving.engine.FakeEngine;
import io.catwalk.serving.loading.VersionStatus.State;
import io.catwalk.serving.refusal.RefusedException;
import io.catwalk.serving.registry.ModelRegistry;
import io.catwalk.serving.registry.Promotion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ModelReconcilerTest {
    private final Rig rig = new Rig(Runnable::run);
    private final StableReadiness readiness = new StableReadiness(rig.registry, rig.served, () -> true);

    @Test
    void servesTheStableVersionAndNotThePublishedOnes() {
        rig.publish(1, () -> new FakeEngine(0.1f));
        rig.publish(2, () -> new FakeEngine(0.2f));
        rig.promote(1, 1);
        assertThat(readiness.ready()).isFalse();
        rig.reconciler.reconcile();

        assertThat(rig.stable()).isEqualTo(1);
        assertThat(readiness.ready()).isTrue();
        assertThatThrownBy(() -> rig.served.acquire(new ModelReference.Numbered("fashion", 2)))
                .isInstanceOf(RefusedException.class)
                .hasMessage("version 2 of model 'fashion' is not loaded; loaded versions: 1 (stable)");
    }

    @Test
    void isReadyWithoutModels() {
        rig.reconciler.reconcile();

        assertThat(readiness.ready()).isTrue();
        assertThatThrownBy(() -> rig.served.acquire(new ModelReference.Stable("../etc")))
                .hasMessage("no model '../etc' is loaded");
    }

    @Test
    void aNewPromotionSwapsAndTheOldVersionIsClosed() {
        serveVersionOne();
        rig.publish(2, () -> new FakeEngine(0.2f));
        rig.promote(2, 2);
        rig.reconciler.reconcile();

        assertThat(rig.stable()).isEqualTo(2);
        assertThat(rig.engines.get(1L).closed()).isTrue();
        assertThat(rig.board.versions("fashion")).containsExactly(new VersionStatus(2, State.AVAILABLE, ""));
    }

    @Test
    void aRequestThatHoldsTheOldVersionKeepsItOpen() {
        serveVersionOne();
        LoadedModel held = rig.served.acquire(new ModelReference.Stable("fashion"));
        rig.publish(2, () -> new FakeEngine(0.2f));
        rig.promote(2, 2);
        rig.reconciler.reconcile();

        assertThat(rig.engines.get(1L).closed()).isFalse();
        held.release();
        assertThat(rig.engines.get(1L).closed()).isTrue();
    }

    @Tag("fault-22")
    @Test
    void aModelWithInvalidOutputNeverGetsTraffic() {
        serveVersionOne();
        rig.publish(2, () -> new FakeEngine(Float.NaN));
        rig.promote(2, 2);
        rig.reconciler.reconcile();

        assertThat(rig.stable()).isEqualTo(1);
        assertThat(rig.engines.get(2L).closed()).isTrue();
        assertThat(rig.board.versions("fashion"))
                .contains(new VersionStatus(2, State.REFUSED, "the model answers with NaN where a probability is due"));
        assertThat(failures("refused")).isEqualTo(1);
        assertThat(rig.meters
                        .get("catwalk.model.fallback")
                        .tag("label", "stable")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(readiness.ready()).isTrue();
    }

    @Test
    void fallsBackToTheLatestUsableVersionAtStart() {
        rig.publish(1, () -> new FakeEngine(0.1f));
        rig.publish(2, () -> new FakeEngine(0.2f));
        rig.publish(3, () -> {
            throw new UnloadableModelException("blob is missing");
        });
        rig.promote(1, 1);
        rig.promote(2, 2);
        rig.promote(3, 3);
        rig.reconciler.reconcile();

        assertThat(rig.stable()).isEqualTo(2);
        assertThat(rig.engines).containsOnlyKeys(2L);
    }

    @Test
    void servesTheCachedVersionAtStartUntilTheNewestIsAvailable() {
        rig.publish(1, () -> new FakeEngine(0.1f));
        rig.publish(2, () -> {
            throw new StoreUnavailableException("store is away");
        });
        rig.promote(1, 1);
        rig.promote(2, 2);
        rig.reconciler.reconcile();
        assertThat(rig.stable()).isEqualTo(1);

        rig.reconciler.reconcile();
        assertThat(rig.stable()).isEqualTo(1);
        rig.sources.put(2L, () -> new FakeEngine(0.2f));
        passes(Duration.ofSeconds(1));
        assertThat(rig.stable()).isEqualTo(2);
    }

    @Test
    void retriesAnUnavailableStoreWithGrowingDelays() {
        serveVersionOne();
        rig.publish(2, () -> {
            throw new StoreUnavailableException("Failed to connect to store/10.1.2.3:9000");
        });
        rig.promote(2, 2);
        rig.reconciler.reconcile();
        rig.reconciler.reconcile();
        assertThat(failures("delayed")).isEqualTo(1);
        assertThat(rig.stable()).isEqualTo(1);
        assertThat(rig.board.versions("fashion"))
                .contains(new VersionStatus(2, State.DELAYED, "the store is unavailable"));

        passes(Duration.ofSeconds(1));
        assertThat(failures("delayed")).isEqualTo(2);
        passes(Duration.ofSeconds(1));
        assertThat(failures("delayed")).as("the second pause is 2 s").isEqualTo(2);

        rig.publish(2, () -> new FakeEngine(0.2f));
        passes(Duration.ofSeconds(1));
        assertThat(rig.stable()).isEqualTo(2);
    }

    @Tag("fault-22")
    @Test
    void retriesALoadThatRunsOutOfMemoryAndKeepsTheOldVersion() {
        serveVersionOne();
        rig.publish(2, () -> {
            throw new OutOfMemoryError("no memory for the weights");
        });
        rig.promote(2, 2);
        rig.reconciler.reconcile();
        assertThat(rig.stable()).isEqualTo(1);
        assertThat(rig.board.versions("fashion"))
                .last()
                .matches(status -> status.state() == State.DELAYED)
                .matches(status -> status.message().startsWith("internal error; "));

        rig.publish(2, () -> new FakeEngine(0.2f));
        passes(Duration.ofSeconds(1));
        assertThat(rig.stable()).isEqualTo(2);
    }

    @Test
    void whatIsUnforeseenIsShownByItsIncidentAndLoggedInFull() {
        LogCapture log = new LogCapture();
        rig.publish(1, () -> {
            throw new UncheckedIOException(
                    "can't keep the archive in /var/cache", new IOException("No space left on device"));
        });
        rig.promote(1, 1);
        log.start();
        rig.reconciler.reconcile();
        log.stop();

        String shown = rig.board.versions("fashion").getLast().message();
        assertThat(shown).matches("internal error; the service's log has it under [0-9a-f-]{36}");
        assertThat(log.text())
                .contains(
                        "incident " + shown.substring(shown.lastIndexOf(' ') + 1),
                        "can't keep the archive in /var/cache",
                        "No space left on device");
    }

    @Test
    void retriesARefusedVersionAfterItsDelay() {
        serveVersionOne();
        rig.publish(2, () -> new FakeEngine(Float.NaN));
        rig.promote(2, 2);
        rig.reconciler.reconcile();
        rig.publish(2, () -> new FakeEngine(0.2f));
        passes(Duration.ofMinutes(4));
        assertThat(rig.stable()).isEqualTo(1);

        passes(Duration.ofMinutes(1));
        assertThat(rig.stable()).isEqualTo(2);
    }

    @Test
    void aPromotionWithAnotherDigestThanThePublicationIsRefused() {
        serveVersionOne();
        rig.publish(2, () -> new FakeEngine(0.2f));
        rig.registry.promote(FASHION, ModelRegistry.STABLE, new Promotion(2, Rig.digest(9), 2));
        rig.reconciler.reconcile();

        assertThat(rig.stable()).isEqualTo(1);
        assertThat(rig.board.versions("fashion").getLast().message())
                .contains("was promoted with digest", "and published with digest");
    }

    @Tag("fault-12")
    @Test
    void waitsForThePublicationOfAPromotedVersion() {
        rig.promote(1, 1);
        rig.reconciler.reconcile();
        assertThat(readiness.missing()).containsExactly(FASHION);
        assertThat(rig.board.versions("fashion"))
                .containsExactly(new VersionStatus(
                        1, State.DELAYED, "version 1 was promoted, but no model-published names it yet"));

        rig.publish(1, () -> new FakeEngine(0.1f));
        passes(Duration.ofSeconds(1));
        assertThat(rig.stable()).isEqualTo(1);
    }

    @Tag("fault-12")
    @Test
    void appliesAPromotionReadBeforeItsPublication() {
        serveVersionOne();
        rig.promote(2, 2);
        rig.reconciler.reconcile();
        assertThat(rig.stable()).isEqualTo(1);

        rig.publish(2, () -> new FakeEngine(0.2f));
        passes(Duration.ofSeconds(1));
        assertThat(rig.stable()).isEqualTo(2);
    }

    @Test
    void twoLabelsShareOneLoadedVersion() {
        serveVersionOne();
        rig.registry.promote(FASHION, new Name("canary"), new Promotion(1, Rig.digest(1), 1));
        rig.reconciler.reconcile();
        assertThat(rig.served.labels("fashion")).containsOnlyKeys("canary", "stable");

        rig.publish(2, () -> new FakeEngine(0.2f));
        rig.promote(2, 2);
        rig.reconciler.reconcile();
        assertThat(rig.engines.get(1L).closed()).as("canary still serves it").isFalse();
        assertThat(rig.served.labels("fashion").get("canary").version().version())
                .isEqualTo(1);
    }

    @Test
    void aCanaryWithAWeightGetsItsShareAndLeavesLabelsAndVersionsAsTheyAre() {
        serveVersionOne();
        rig.publish(2, () -> new FakeEngine(0.2f));
        rig.roll(ModelRegistry.CANARY, 2, 1, 1);

        assertThat(rig.predicting()).isEqualTo(2);
        assertThat(rig.stable()).as("metadata is stable's").isEqualTo(1);
        assertThat(version(new ModelReference.Labelled("fashion", "stable"))).isEqualTo(1);
        assertThat(version(new ModelReference.Labelled("fashion", "canary"))).isEqualTo(2);
        assertThat(version(new ModelReference.Numbered("fashion", 1))).isEqualTo(1);
        assertThat(weight("canary")).isEqualTo(1);
    }

    @Test
    void theEndOfARolloutLetsItsVersionGo() {
        serveVersionOne();
        rig.publish(2, () -> new FakeEngine(0.2f));
        rig.roll(ModelRegistry.CANARY, 2, 1, 1);
        rig.roll(ModelRegistry.CANARY, 2, 0, 2);

        assertThat(rig.predicting()).isEqualTo(1);
        assertThat(rig.served.labels("fashion")).containsOnlyKeys("stable");
        assertThat(rig.engines.get(2L).closed()).isTrue();
        assertThat(weight("canary")).isZero();
        assertThat(rig.meters
                        .find("catwalk.model.served.version")
                        .tag("label", "canary")
                        .meters())
                .isEmpty();

        rig.roll(ModelRegistry.CANARY, 2, 1, 3);
        assertThat(rig.predicting()).isEqualTo(2);
    }

    @Test
    void aCanaryWithoutAWeightIsALabelAsAnyOther() {
        serveVersionOne();
        rig.publish(2, () -> new FakeEngine(0.2f));
        rig.registry.promote(FASHION, ModelRegistry.CANARY, new Promotion(2, Rig.digest(2), 1));
        rig.reconciler.reconcile();

        assertThat(rig.predicting()).isEqualTo(1);
        assertThat(version(new ModelReference.Labelled("fashion", "canary"))).isEqualTo(2);
    }

    @Test
    void aCanaryThatCantBeLoadedGetsNothingNorDoesTheOneThatItReplaced() {
        serveVersionOne();
        rig.publish(2, () -> new FakeEngine(0.2f));
        rig.roll(ModelRegistry.CANARY, 2, 1, 1);
        rig.publish(3, () -> {
            assertThat(rig.predicting()).as("while it is loaded").isEqualTo(1);
            throw new StoreUnavailableException("away", new IOException());
        });
        rig.roll(ModelRegistry.CANARY, 3, 1, 2);
        assertThat(rig.predicting()).isEqualTo(1);

        rig.publish(3, () -> new FakeEngine(Float.NaN));
        passes(Duration.ofMinutes(1));
        assertThat(rig.predicting()).as("refused").isEqualTo(1);

        rig.publish(3, () -> new FakeEngine(0.3f));
        passes(Duration.ofMinutes(10));
        assertThat(rig.predicting()).isEqualTo(3);
    }

    @Test
    void aShadowAnswersNothing() {
        serveVersionOne();
        rig.publish(2, () -> new FakeEngine(0.2f));
        rig.roll(ModelRegistry.SHADOW, 2, 1, 1);

        assertThat(rig.predicting()).isEqualTo(1);
        assertThat(rig.served.targets("fashion").get("shadow").share()).isEqualTo(1);
    }

    @Test
    void withoutAStableVersionACanaryAnswersNothing() {
        rig.publish(2, () -> new FakeEngine(0.2f));
        rig.roll(ModelRegistry.CANARY, 2, 1, 1);

        assertThatThrownBy(rig::predicting)
                .hasMessage("label 'stable' of model 'fashion' is not loaded; loaded versions: 2 (canary)");
    }

    @Test
    void removesTheMetricsOfARetiredVersionAfterAGracePeriod() {
        serveVersionOne();
        rig.publish(2, () -> new FakeEngine(0.2f));
        rig.promote(2, 2);
        rig.reconciler.reconcile();
        assertThat(rig.meters.find("catwalk.batch.size").tag("version", "1").meters())
                .isNotEmpty();

        passes(Duration.ofMinutes(11));
        assertThat(rig.meters.find("catwalk.batch.size").tag("version", "1").meters())
                .isEmpty();
        assertThat(rig.meters.find("catwalk.batch.size").tag("version", "2").meters())
                .isNotEmpty();
    }

    private void serveVersionOne() {
        rig.publish(1, () -> new FakeEngine(0.1f));
        rig.promote(1, 1);
        rig.reconciler.reconcile();
    }

    private void passes(Duration duration) {
        rig.now = rig.now.plus(duration);
        rig.reconciler.reconcile();
    }

    private long version(ModelReference reference) {
        LoadedModel model = rig.served.acquire(reference, name -> Optional.empty());
        model.release();
        return model.version().version();
    }

    private double weight(String label) {
        return rig.meters
                .get("catwalk.rollout.weight")
                .tags("model", "fashion", "label", label)
                .gauge()
                .value();
    }

    private double failures(String reason) {
        return rig.meters
                .get("catwalk.model.load.failures")
                .tag("reason", reason)
                .counter()
                .count();
    }
}
