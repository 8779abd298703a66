package io.catwalk.evaluation.rollout.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;

import com.google.protobuf.util.Timestamps;
import io.catwalk.evaluation.rollout.judgement.Counts;
import io.catwalk.evaluation.rollout.judgement.Rate;
import io.catwalk.evaluation.rollout.window.Rounds.Round;
import io.catwalk.evaluation.rollout.window.Window.Subject;
import io.catwalk.rollout.v1.LatencyHistogram;
import io.catwalk.rollout.v1.ServingWindow;
import io.catwalk.rollout.v1.VersionWindow;
import org.junit.jupiter.api.Test;

class RoundsTest {
    private static final Subject SUBJECT = new Subject("canary", 2, 5, 1, 0.1);
    private static final Counts ONE = new Counts(new Rate(1, 10), new Rate(2, 10), new Rate(3, 10));
    private static final Counts TWO = new Counts(new Rate(2, 20), new Rate(4, 20), new Rate(6, 20));

    private final Rounds rounds = new Rounds();

    @Test
    void aRoundEndsWithTheSecondWindowOfAReplica() {
        assertThat(rounds.add(window("a", 10))).isEmpty();
        assertThat(rounds.add(window("b", 12))).isEmpty();
        assertThat(rounds.add(window("b", 10))).contains(new Round(TWO, TWO, Duration.ofSeconds(12)));
        assertThat(rounds.add(window("a", 10))).isEmpty();
        assertThat(rounds.add(window("a", 10))).contains(new Round(TWO, TWO, Duration.ofSeconds(10)));
    }

    @Test
    void aWindowOfOneVersionCountsForNone() {
        Window half = new Window("a", 0, Duration.ofSeconds(10), Optional.empty(), Optional.of(ONE), false);
        assertThat(rounds.add(half)).isEmpty();
        assertThat(rounds.add(half)).isEmpty();
    }

    @Test
    void readsWhatIsOfTheRollout() {
        Window read = Window.of(told(version("stable", 1, 9), version("canary", 2, 5)), SUBJECT);

        assertThat(read.canary()).contains(new Counts(new Rate(1, 10), new Rate(4, 10), new Rate(2, 8)));
        assertThat(read.stable()).isPresent();
        assertThat(read.length()).isEqualTo(Duration.ofSeconds(10));
        assertThat(read.place()).isEqualTo("serving-0");
    }

    @Test
    void leavesOutOtherWeightsVersionsAndLabels() {
        assertThat(Window.of(told(version("stable", 1, 9), version("canary", 2, 4)), SUBJECT)
                        .canary())
                .isEmpty();
        assertThat(Window.of(told(version("stable", 1, 9), version("canary", 3, 5)), SUBJECT)
                        .canary())
                .isEmpty();
        assertThat(Window.of(told(version("stable", 1, 9), version("shadow", 2, 5)), SUBJECT)
                        .canary())
                .isEmpty();
        assertThat(Window.of(told(version("stable", 2, 9), version("canary", 2, 5)), SUBJECT)
                        .stable())
                .isEmpty();
    }

    private static Window window(String replica, long seconds) {
        return new Window(replica, 0, Duration.ofSeconds(seconds), Optional.of(ONE), Optional.of(ONE), false);
    }

    private static ServingWindow told(VersionWindow.Builder... versions) {
        ServingWindow.Builder window = ServingWindow.newBuilder()
                .setReplica("serving-0/x")
                .setModel("fashion")
                .setStart(Timestamps.fromSeconds(100))
                .setEnd(Timestamps.fromSeconds(110));
        for (VersionWindow.Builder version : versions) {
            window.addVersions(version);
        }
        return window.build();
    }

    private static VersionWindow.Builder version(String label, long version, long entry) {
        return VersionWindow.newBuilder()
                .setLabel(label)
                .setVersion(version)
                .setEntry(entry)
                .setRequests(10)
                .setErrors(1)
                .setCompared(8)
                .setDisagreements(2)
                .setLatency(LatencyHistogram.newBuilder()
                        .addEdges(0.05)
                        .addEdges(0.1)
                        .addEdges(0.2)
                        .addCounts(4)
                        .addCounts(2)
                        .addCounts(3)
                        .addCounts(1));
    }
}
