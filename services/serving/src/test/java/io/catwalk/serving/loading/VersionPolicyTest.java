package io.catwalk.serving.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.StoreUnavailableException;
import io.catwalk.serving.engine.FakeEngine;
import io.catwalk.serving.loading.VersionStatus.State;
import io.catwalk.serving.refusal.RefusedException;
import org.junit.jupiter.api.Test;

class VersionPolicyTest {
    @Test
    void theLatestAreLoadedBesideTheLabelledOne() {
        Rig rig = rig(new VersionPolicy(2, Map.of()), 4);
        rig.promote(1, 1);
        rig.reconciler.reconcile();

        assertThat(rig.served.versions("fashion")).containsExactly(1L, 3L, 4L);
        assertThat(rig.served.labels("fashion")).containsOnlyKeys("stable");
        assertThat(rig.stable()).isEqualTo(1);
        assertThat(numbered(rig, 3)).isEqualTo(3);
        assertThat(rig.board.versions("fashion")).containsExactly(available(1), available(3), available(4));
        assertThatThrownBy(() -> numbered(rig, 2))
                .isInstanceOf(RefusedException.class)
                .hasMessage("version 2 of model 'fashion' is not loaded; loaded versions: 1 (stable), 3, 4");
    }

    @Test
    void aVersionIsUnloadedWhenItLeavesThePolicyAndNoLabelPointsAtIt() {
        Rig rig = rig(new VersionPolicy(2, Map.of()), 3);
        rig.promote(3, 1);
        rig.reconciler.reconcile();
        assertThat(rig.served.versions("fashion")).containsExactly(2L, 3L);

        rig.publish(4, () -> new FakeEngine(0.4f));
        rig.publish(5, () -> new FakeEngine(0.5f));
        rig.reconciler.reconcile();
        assertThat(rig.served.versions("fashion")).as("3 is stable").containsExactly(3L, 4L, 5L);
        assertThat(rig.engines.get(2L).closed()).isTrue();
        assertThat(rig.board.versions("fashion"))
                .extracting(VersionStatus::version)
                .containsExactly(3L, 4L, 5L);

        rig.promote(5, 2);
        rig.reconciler.reconcile();
        assertThat(rig.served.versions("fashion")).containsExactly(4L, 5L);
        assertThat(rig.engines.get(3L).closed()).isTrue();
        assertThat(rig.engines.get(5L).closed()).as("loaded once, for both").isFalse();
    }

    @Test
    void aVersionOfThePolicyStaysWhenItsLabelMovesOn() {
        Rig rig = rig(new VersionPolicy(0, Map.of("fashion", Set.of(1L))), 2);
        rig.promote(1, 1);
        rig.reconciler.reconcile();
        LoadedModel held = rig.served.acquire(new ModelReference.Numbered("fashion", 1));
        held.release();
        rig.promote(2, 2);
        rig.reconciler.reconcile();

        assertThat(rig.stable()).isEqualTo(2);
        assertThat(rig.served.acquire(new ModelReference.Numbered("fashion", 1)))
                .as("not loaded again")
                .isSameAs(held);
    }

    @Test
    void specificVersionsReplaceTheLatestOfTheirModel() {
        VersionPolicy policy = new VersionPolicy(1, Map.of("fashion", Set.of(3L, 5L)));

        assertThat(policy.versions(Rig.FASHION, List.of(9L, 5L, 3L))).containsExactly(5L, 3L);
        assertThat(policy.versions(new Name("other"), List.of(9L, 5L, 3L))).containsExactly(9L);
    }

    @Test
    void aSpecificVersionIsLoadedOnceItIsPublished() {
        Rig rig = rig(new VersionPolicy(0, Map.of("fashion", Set.of(2L))), 1);
        rig.promote(1, 1);
        rig.reconciler.reconcile();
        assertThat(rig.served.versions("fashion")).containsExactly(1L);
        assertThat(rig.board.versions("fashion"))
                .containsExactly(
                        available(1),
                        new VersionStatus(
                                2, State.DELAYED, "version 2 is to be loaded, but no model-published names it yet"));

        rig.publish(2, () -> new FakeEngine(0.2f));
        rig.reconciler.reconcile();
        assertThat(numbered(rig, 2)).isEqualTo(2);
    }

    @Test
    void aFailureIsShownAndRetriedAndKeepsNobodyFromReadiness() {
        Rig rig = rig(new VersionPolicy(3, Map.of()), 1);
        rig.publish(2, () -> {
            throw new StoreUnavailableException("store is away");
        });
        rig.publish(3, () -> new FakeEngine(Float.NaN));
        rig.promote(1, 1);
        rig.reconciler.reconcile();

        assertThat(new StableReadiness(rig.registry, rig.served, () -> true).ready())
                .isTrue();
        assertThat(rig.board.versions("fashion"))
                .containsExactly(
                        available(1),
                        new VersionStatus(2, State.DELAYED, "the store is unavailable"),
                        new VersionStatus(3, State.REFUSED, "the model answers with NaN where a probability is due"));
        assertThat(rig.meters.find("catwalk.model.fallback").gauge().value()).isZero();

        rig.sources.put(2L, () -> new FakeEngine(0.2f));
        rig.now = rig.now.plus(Duration.ofSeconds(1));
        rig.reconciler.reconcile();
        assertThat(rig.served.versions("fashion")).containsExactly(1L, 2L);
    }

    @Test
    void refusesSettingsNamingTheirLimits() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VersionPolicy(-1, Map.of()))
                .withMessage("catwalk.loading.versions.latest is -1, must be at least 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VersionPolicy(0, Map.of("fashion", Set.of(0L))))
                .withMessage("catwalk.loading.versions.specific.fashion is [0], each must be at least 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new VersionPolicy(0, Map.of("Fashion", Set.of(1L))))
                .withMessageStartingWith("catwalk.loading.versions.specific has the model 'Fashion', must match ");
    }

    /** With versions 1 to {@code published}. */
    private static Rig rig(VersionPolicy policy, int published) {
        Rig rig = new Rig(Runnable::run, policy);
        for (int version = 1; version <= published; version++) {
            float mark = version / 10f;
            rig.publish(version, () -> new FakeEngine(mark));
        }
        return rig;
    }

    private static long numbered(Rig rig, long version) {
        LoadedModel model = rig.served.acquire(new ModelReference.Numbered("fashion", version));
        model.release();
        return model.version().version();
    }

    private static VersionStatus available(long version) {
        return new VersionStatus(version, State.AVAILABLE, "");
    }
}
