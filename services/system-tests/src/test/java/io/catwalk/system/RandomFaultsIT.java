package io.catwalk.system;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

import io.catwalk.local.process.Pause;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.system.fault.FaultSchedule;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random faults over all processes at once, two trainers among them, while requests of all kinds and predictions flow. After each
 * round of them everything is healed, and then all must come to its end, and the history be consistent. The seed decides over faults
 * and requests; {@code make soak SEED=n MINUTES=m} repeats them.
 */
class RandomFaultsIT {
    private static final Duration SHORT_ROUND = Duration.ofSeconds(25);
    private static final Duration ROUND = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(200);
    /** After the last fault: leases run out, backoffs end, and all that was asked for is done. */
    private static final Duration TO_THE_END = Duration.ofMinutes(5);

    @Test
    void oneShortRound() throws Exception {
        try (Rounds rounds = new Rounds(1)) {
            rounds.run(SHORT_ROUND);
            rounds.print(rounds.summary());
        }
    }

    @Tag("soak")
    @Test
    void roundsForAsLongAsAsked() throws Exception {
        long seed = Long.getLong("soak.seed", System.nanoTime() & 0xffffff);
        long end = System.nanoTime()
                + Duration.ofMinutes(Integer.getInteger("soak.minutes", 3)).toNanos();
        try (Rounds rounds = new Rounds(seed)) {
            while (System.nanoTime() < end) {
                rounds.run(ROUND);
            }
            rounds.print(rounds.summary());
        }
    }

    /** One stack, disturbed in rounds. */
    private static final class Rounds implements AutoCloseable {
        private final long seed;
        private final Random seeds;
        private final Pipeline pipeline;
        private final SecondTrainer second;
        private final FaultInjector faults;
        private final RandomRequests requests;
        private final Predictions predictions;
        private int round;

        Rounds(long seed) {
            this.seed = seed;
            this.seeds = new Random(seed);
            print("seed " + seed);
            pipeline = Pipeline.start(
                    "random-faults",
                    Map.of(
                            "CATWALK_STORE_TIMEOUT", "3s",
                            "CATWALK_ROLLOUT_WINDOW", "1s",
                            "CATWALK_ROLLOUT_DEADLINE", "1m"));
            second = new SecondTrainer(pipeline);
            faults = new FaultInjector(pipeline, second);
            requests = new RandomRequests(pipeline, seeds.nextLong());
            predictions = new Predictions(pipeline);
        }

        void run(Duration length) throws InterruptedException {
            round++;
            FaultSchedule schedule = FaultSchedule.of(seeds.nextLong(), length, SecondTrainer.NAME);
            print("round " + round);
            schedule.faults().forEach(fault -> print(fault.toString()));
            try {
                disturb(schedule, length);
                faults.heal();
                requireAllEnded();
                predictions.requireSound();
                StackHistory.requireClean(pipeline.stack(), Optional.empty());
                faults.survived();
            } catch (RuntimeException | AssertionError e) {
                print(summary());
                throw new AssertionError(
                        "round %d of seed %d: repeat it with make soak SEED=%d MINUTES=%d; its records, objects and logs lie in %s"
                                .formatted(round, seed, seed, round * 2, pipeline.data()),
                        e);
            }
        }

        private void disturb(FaultSchedule schedule, Duration length) throws InterruptedException {
            List<FaultSchedule.Change> changes = schedule.changes()
                    .filter(change -> change.at().compareTo(length) < 0)
                    .toList();
            Thread asking = Thread.ofVirtual().start(this::ask);
            long start = System.nanoTime();
            int next = 0;
            for (Duration now = Duration.ZERO;
                    now.compareTo(length) < 0;
                    now = Duration.ofNanos(System.nanoTime() - start)) {
                while (next < changes.size() && changes.get(next).at().compareTo(now) <= 0) {
                    apply(changes.get(next++));
                }
                faults.restartEnded();
                faults.requireAlive();
                Pause.of(POLL);
            }
            asking.interrupt();
            asking.join();
        }

        private void apply(FaultSchedule.Change change) {
            if (change.begins()) {
                faults.begin(change.fault());
            } else {
                faults.end(change.fault());
            }
        }

        private void ask() {
            Random pauses = new Random(seeds.nextLong());
            while (!Thread.currentThread().isInterrupted()) {
                requests.next();
                try {
                    Thread.sleep(500 + pauses.nextInt(3_000));
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }

        /** No job is open, and each run that was accepted is there and has ended. */
        private void requireAllEnded() {
            ObjectStore store = StackHistory.store(pipeline.stack());
            await("jobs that are still open")
                    .atMost(TO_THE_END)
                    .pollInterval(Duration.ofSeconds(1))
                    .ignoreExceptions()
                    .untilAsserted(() -> {
                        assertThat(Stream.of(JobKind.values())
                                        .flatMap(kind -> store.list(Artifacts.open(kind)).stream()))
                                .isEmpty();
                        assertThat(requests.accepted())
                                .allSatisfy(id -> when().get(pipeline.training("/runs/" + id))
                                        .then()
                                        .statusCode(200));
                    });
        }

        String summary() {
            return "seed %d, %d rounds%n%s%nrequests %s%npredictions %s"
                    .formatted(seed, round, faults.table(), requests.sent(), predictions.counts());
        }

        void print(String text) {
            System.out.println(text);
        }

        @Override
        public void close() {
            predictions.close();
            requests.close();
            second.close();
            pipeline.discard();
        }
    }
}
