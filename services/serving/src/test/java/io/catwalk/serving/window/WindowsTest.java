package io.catwalk.serving.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

import io.catwalk.rollout.v1.ServingWindow;
import io.catwalk.rollout.v1.VersionWindow;
import io.catwalk.serving.engine.FakeEngine;
import io.catwalk.serving.loading.LoadedModel;
import io.catwalk.serving.loading.Rig;
import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.registry.ModelRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WindowsTest {
    private final Rig rig = new Rig(Runnable::run);
    private final Tallies tallies = new Tallies();
    private final List<ServingWindow> taken = new ArrayList<>();
    private boolean takes = true;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final Windows windows = new Windows(rig.served, tallies, "serving-0/a", this::take, now);

    @BeforeEach
    void serveStable() {
        for (long version = 1; version <= 3; version++) {
            float mark = version / 10f;
            rig.publish(version, () -> new FakeEngine(mark));
        }
        rig.promote(1, 7);
        rig.reconciler.reconcile();
    }

    @Test
    void withoutARolloutThereIsNothingToTell() {
        tallies.answered(Requests.answered(model("stable"), 1));
        cut();

        assertThat(taken).isEmpty();
    }

    @Test
    void tellsOfEachVersionWhatItDidSinceTheCutBefore() {
        cut();
        rig.roll(ModelRegistry.CANARY, 2, 0.5, 3);
        cut();
        taken.clear();
        for (int request = 0; request < 5; request++) {
            tallies.answered(Requests.answered(model("stable"), 2));
        }
        tallies.answered(Requests.answered(model("canary"), 1));
        tallies.answered(Requests.refused(model("canary"), Refusal.DEFECT));
        tallies.answered(Requests.refused(model("canary"), Refusal.DEADLINE));
        tallies.answered(Requests.refused(model("canary"), Refusal.UNAVAILABLE));
        for (Refusal callers : List.of(
                Refusal.BAD_INPUT,
                Refusal.NOT_FOUND,
                Refusal.SLOW_BODY,
                Refusal.TOO_LARGE,
                Refusal.UNSUPPORTED_MEDIA,
                Refusal.OVERLOADED,
                Refusal.CANCELLED)) {
            tallies.answered(Requests.refused(model("canary"), callers));
        }
        cut();

        ServingWindow window = taken.getFirst();
        assertThat(window.getSequence()).isEqualTo(1);
        assertThat(window.getEnd().getSeconds() - window.getStart().getSeconds())
                .isEqualTo(10);
        VersionWindow stable = version(window, "stable");
        assertThat(stable.getVersion()).isEqualTo(1);
        assertThat(stable.getEntry()).isEqualTo(7);
        assertThat(stable.getModelDigest())
                .isEqualTo(model("stable").version().digest().toString());
        assertThat(stable.getEngine()).isEqualTo("tensorflow");
        assertThat(stable.getRequests()).isEqualTo(5);
        assertThat(stable.getErrors()).isZero();
        assertThat(stable.getLabelsList()).containsExactly(10L, 0L);
        VersionWindow canary = version(window, "canary");
        assertThat(canary.getVersion()).isEqualTo(2);
        assertThat(canary.getEntry()).isEqualTo(3);
        assertThat(canary.getRequests()).isEqualTo(4);
        assertThat(canary.getErrors()).isEqualTo(3);
        assertThat(canary.getLabelsList()).containsExactly(1L, 0L);
        int bucket = canary.getLatency().getEdgesList().indexOf(0.005);
        assertThat(canary.getLatency().getCounts(bucket)).as("4 ms each").isEqualTo(4);
        cut();
        assertThat(version(taken.get(1), "stable").getRequests())
                .as("nothing twice")
                .isZero();
    }

    @Test
    void aVersionThatDidNotHaveItsWeightTheWholeTimeHasNoEntry() {
        rig.roll(ModelRegistry.CANARY, 2, 0.5, 1);
        cut();
        assertThat(version(taken.getFirst(), "canary").getEntry()).as("it came").isZero();
        cut();
        assertThat(version(taken.get(1), "canary").getEntry()).isEqualTo(1);
        rig.roll(ModelRegistry.CANARY, 2, 0.7, 2);
        cut();
        assertThat(version(taken.get(2), "canary").getEntry())
                .as("it was raised")
                .isZero();
        cut();
        assertThat(version(taken.get(3), "canary").getEntry()).isEqualTo(2);
        tallies.answered(Requests.answered(model("canary"), 1));
        rig.roll(ModelRegistry.CANARY, 3, 0.7, 3);
        cut();
        assertThat(taken.get(4).getVersionsList())
                .extracting(VersionWindow::getVersion, VersionWindow::getEntry, VersionWindow::getRequests)
                .containsExactly(tuple(1L, 7L, 0L), tuple(2L, 0L, 1L), tuple(3L, 0L, 0L));
        rig.roll(ModelRegistry.CANARY, 3, 0, 4);
        cut();
        assertThat(version(taken.get(5), "canary").getEntry()).as("it ended").isZero();
        cut();
        assertThat(taken).as("no rollout any more").hasSize(6);
        rig.roll(ModelRegistry.CANARY, 2, 0.5, 5);
        cut();
        assertThat(taken.getLast().getSequence()).as("without a gap").isEqualTo(6);
    }

    @Test
    void whatCantBeTakenIsPartOfTheNextWindow() {
        rig.roll(ModelRegistry.CANARY, 2, 0.5, 1);
        cut();
        takes = false;
        tallies.answered(Requests.answered(model("canary"), 1));
        cut();
        tallies.answered(Requests.answered(model("canary"), 1));
        cut();
        takes = true;
        tallies.answered(Requests.answered(model("canary"), 1));
        cut();

        assertThat(taken).extracting(ServingWindow::getSequence).containsExactly(0L, 1L);
        assertThat(taken.get(1).getStart()).isEqualTo(taken.get(0).getEnd());
        assertThat(version(taken.get(1), "canary").getRequests()).isEqualTo(3);
        assertThat(version(taken.get(1), "canary").getEntry()).isEqualTo(1);
    }

    @Test
    void theLastWindowSaysSo() {
        rig.roll(ModelRegistry.SHADOW, 2, 0.5, 1);
        cut();
        windows.cut(now.plusSeconds(1), true);

        assertThat(taken).extracting(ServingWindow::getLast).containsExactly(false, true);
    }

    @Test
    void aShadowsRequestsAreItsCopies() {
        rig.roll(ModelRegistry.SHADOW, 2, 0.5, 1);
        Tally shadow = tallies.of(model("shadow").served());
        shadow.copyAnswered(2_000_000, new float[] {0.1f, 0.9f, 0.8f, 0.2f, 0.3f, 0.7f});
        shadow.copyFailed(2_000_000);
        shadow.compared(3, 1);
        shadow.copyDropped();
        tallies.answered(Requests.answered(model("shadow"), 1));
        cut();

        VersionWindow told = version(taken.getFirst(), "shadow");
        assertThat(told.getRequests()).isEqualTo(2);
        assertThat(told.getErrors()).isEqualTo(1);
        assertThat(told.getLabelsList()).containsExactly(1L, 2L);
        assertThat(told.getCompared()).isEqualTo(3);
        assertThat(told.getDisagreements()).isEqualTo(1);
        assertThat(told.getDropped()).isEqualTo(1);
    }

    @Test
    void requestsBetweenCutsAreCountedOnce() throws Exception {
        rig.roll(ModelRegistry.CANARY, 2, 0.5, 1);
        LoadedModel canary = model("canary");
        try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
            List<Future<?>> calls = new ArrayList<>();
            for (int caller = 0; caller < 4; caller++) {
                calls.add(callers.submit(() -> IntStream.range(0, 50_000)
                        .forEach(call -> tallies.answered(
                                call % 5 == 0
                                        ? Requests.refused(canary, Refusal.DEFECT)
                                        : Requests.answered(canary, 1)))));
            }
            while (calls.stream().anyMatch(call -> !call.isDone())) {
                cut();
            }
            for (Future<?> call : calls) {
                call.get();
            }
        }
        cut();

        assertThat(taken).hasSizeGreaterThan(2).allSatisfy(window -> {
            VersionWindow part = version(window, "canary");
            assertThat(part.getLatency().getCountsList().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .isEqualTo(part.getRequests());
            assertThat(part.getErrors()).isBetween(0L, part.getRequests());
        });
        assertThat(sum(VersionWindow::getRequests)).isEqualTo(200_000);
        assertThat(sum(VersionWindow::getErrors)).isEqualTo(40_000);
        assertThat(sum(part -> part.getLabels(0))).isEqualTo(160_000);
    }

    @Test
    void versionsThatAreUnloadedAreForgotten() {
        rig.roll(ModelRegistry.CANARY, 2, 0.5, 1);
        tallies.answered(Requests.answered(model("canary"), 1));
        cut();
        rig.roll(ModelRegistry.CANARY, 2, 0, 2);
        cut();
        cut();
        cut();

        assertThat(tallies.known()).containsExactly(model("stable").served().statistics());
    }

    private long sum(ToLongFunction<VersionWindow> figure) {
        return taken.stream()
                .mapToLong(window -> figure.applyAsLong(version(window, "canary")))
                .sum();
    }

    private void cut() {
        now = now.plusSeconds(10);
        windows.cut(now, false);
    }

    private boolean take(ServingWindow window) {
        return takes && taken.add(window);
    }

    private LoadedModel model(String label) {
        return rig.served.labels("fashion").get(label);
    }

    private static VersionWindow version(ServingWindow window, String label) {
        return window.getVersionsList().stream()
                .filter(version -> version.getLabel().equals(label))
                .findFirst()
                .orElseThrow();
    }
}
