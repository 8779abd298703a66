package io.catwalk.training.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobResult;
import io.catwalk.local.ReplicaProcess;
import io.catwalk.local.process.SkewedClock;
import io.catwalk.objectstore.Name;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Two trainers, of which one's clock is off from its start. It is never set back while that one runs: Kafka's clients go by the time
 * of day, and wait until it has reached where it was.
 */
@Tag("fault-24")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClockIT {
    private static final String GROUP = "clocks";
    private static final int EPOCHS = 60;

    private final TrainingStack stack = TrainingStack.start();
    private final SkewedClock clock = SkewedClock.in(Path.of("target/clock"));
    private final ReplicaProcess right = Trainers.start("right", GROUP, Optional.empty(), stack.environment());

    ClockIT() {
        right.awaitReady();
    }

    @AfterAll
    void stop() {
        stack.stop(right);
    }

    /** Neither trainer takes the other for lost, and no deadline is over: each run's is 8 minutes from when it was asked for. */
    @Test
    void tenMinutesAheadChangeNothing() {
        changeNothing(10);
    }

    @Tag("soak")
    @Test
    void tenMinutesBehindChangeNothing() {
        changeNothing(-10);
    }

    private void changeNothing(int minutes) {
        try (ReplicaProcess off = start(Duration.ofMinutes(minutes))) {
            Name first = request("first-" + minutes, "\"deadline\": \"480s\"");
            Name second = request("second-" + minutes, "\"deadline\": \"480s\"");
            for (Name run : new Name[] {first, second}) {
                Job job = stack.awaitClosed(run);
                assertThat(job.fold().result()).contains(JobResult.succeeded());
                assertThat(job.fold().attempts()).isEqualTo(1);
            }
            assertThat(off.isAlive()).isTrue();
        }
    }

    @Tag("soak")
    @Test
    void anHourMakesTheStoreRefuseItAndTheOtherTakesItsRun() {
        try (ReplicaProcess off = start(Duration.ZERO)) {
            right.signal("STOP");
            Name run;
            try {
                run = request("taken", "\"epochs\": " + EPOCHS);
                await().atMost(TrainingStack.TIMEOUT)
                        .until(() -> off.get("/runs/" + run).body().contains("\"running\""));
                clock.set(Duration.ofHours(1));
            } finally {
                right.signal("CONT");
            }
            await().atMost(TrainingStack.TIMEOUT).untilAsserted(() -> {
                assertThat(off.manage("/q/health/ready").statusCode()).isEqualTo(503);
                assertThat(off.manage("/q/health/ready").body())
                        .containsPattern("the clock here is \\d+ minutes ahead of the store's");
            });
            assertThat(off.manage("/q/health/live").statusCode()).isEqualTo(200);
            Job job = stack.awaitClosed(run);
            assertThat(job.fold().result()).contains(JobResult.succeeded());
            assertThat(job.fold().attempts()).isEqualTo(2);
            clock.set(Duration.ZERO);
            await().atMost(TrainingStack.TIMEOUT)
                    .until(() -> off.manage("/q/health/ready").statusCode() == 200);
        }
    }

    private ReplicaProcess start(Duration ahead) {
        clock.set(ahead);
        Map<String, String> environment = new HashMap<>(stack.environment());
        environment.putAll(clock.environment());
        ReplicaProcess off = Trainers.start("off", GROUP, Optional.empty(), environment);
        off.awaitReady();
        return off;
    }

    private Name request(String id, String fields) {
        stack.send("training-requested", """
                {"runId": "%s", "dataset": "%s", "model": "bars", "batchSize": 32, "checkpointInterval": "1s", %s}""".formatted(
                        id, TrainingStack.DATASET, fields.contains("epochs") ? fields : fields + ", \"epochs\": 3"));
        return new Name(id);
    }
}
