package io.catwalk.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import io.catwalk.events.EventType;
import io.catwalk.local.process.Pause;
import io.catwalk.system.fault.Line;
import io.catwalk.system.fault.Network;
import io.catwalk.training.v1.EpochCompleted;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Broker or store slow or away for minutes while a run has something to tell every few milliseconds, others are asked for, and callers
 * predict. Nothing piles up in memory, probes tell the truth, and afterwards all is published, in order.
 */
@Tag("soak")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BackpressureIT {
    private static final Duration DISTURBED = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final Duration SETTLED = Duration.ofSeconds(15);
    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(60);
    private static final double MOST_GROWTH = 32;
    private static final int ASKED_MEANWHILE = 20;

    private final Pipeline pipeline = Pipeline.start("backpressure");

    BackpressureIT() {
        pipeline.request("served", "served", "\"epochs\": 8");
        pipeline.awaitServed("served", 1);
    }

    @AfterAll
    void stop() {
        pipeline.close();
    }

    /** What is wrong with the lines to broker and store, and whether that must show in readiness. */
    enum Trouble {
        BROKER_SILENT(network -> network.eachBroker(line -> line.set(Line.HALF_OPEN)), true),
        BROKER_AWAY(network -> network.eachBroker(line -> line.set(Line.AWAY)), true),
        BROKER_SLOW(network -> network.eachBroker(line -> line.set(Line.delayed(Duration.ofMillis(400)))), false),
        STORE_SILENT(network -> network.eachStore(line -> line.set(Line.HALF_OPEN)), true),
        STORE_AWAY(network -> network.eachStore(line -> line.set(Line.AWAY)), true),
        STORE_SLOW(network -> network.eachStore(line -> line.set(Line.delayed(Duration.ofMillis(400)))), false);

        private final Consumer<Network> cause;
        private final boolean away;

        Trouble(Consumer<Network> cause, boolean away) {
            this.cause = cause;
            this.away = away;
        }
    }

    @Tag("fault-3")
    @Tag("fault-16")
    @ParameterizedTest
    @EnumSource(Trouble.class)
    void nothingPilesUpAndAllIsPublishedAfterwards(Trouble trouble) throws InterruptedException {
        String run = "long-" + trouble.name().toLowerCase(Locale.ROOT).replace('_', '-');
        pipeline.request(run, run, "\"epochs\": 10000, \"checkpointInterval\": \"1s\"");
        await().atMost(Pipeline.TIMEOUT).until(() -> epochs(run).size() > 20);
        try {
            trouble.cause.accept(pipeline.network());
            goOnFor(SETTLED);
            Map<String, Double> before = liveHeaps();
            List<String> asked = ask(run);
            if (trouble.away) {
                awaitReadiness("training", 503);
            }
            goOnFor(DISTURBED);
            if (!trouble.away) {
                requireAllReady();
            }
            liveHeaps()
                    .forEach((service, now) -> assertThat(now - before.get(service))
                            .as("MiB that " + service + " has piled up")
                            .isLessThan(MOST_GROWTH));
            pipeline.network().heal();
            requireAllReady();
            pipeline.send("training-cancel-requested", "{\"runId\": \"%s\"}".formatted(run));
            pipeline.topics()
                    .await(
                            EventType.TRAINING_FAILED,
                            failed -> failed.getRunId().equals(run));
            asked.forEach(pipeline::awaitTrained);
        } finally {
            pipeline.network().heal();
        }
        requireInOrder(epochs(run));
    }

    /** Processes live, and predictions are answered. */
    private void goOnFor(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            assertThat(Network.SERVICES).allMatch(service -> pipeline.probe(service, "live") == 200);
            assertThat(pipeline.classify("served", 1).version()).isEqualTo(1);
            Pause.of(BETWEEN_LOOKS);
        }
    }

    private void requireAllReady() {
        Network.SERVICES.forEach(service -> awaitReadiness(service, 200));
    }

    private void awaitReadiness(String service, int status) {
        await(service + "'s readiness").atMost(SHOWN_WITHIN).until(() -> pipeline.probe(service, "ready") == status);
    }

    private List<String> ask(String run) {
        List<String> ids =
                IntStream.range(0, ASKED_MEANWHILE).mapToObj(i -> run + "-" + i).toList();
        ids.forEach(id -> pipeline.request(id, "asked", "\"epochs\": 1, \"publish\": false"));
        return ids;
    }

    private Map<String, Double> liveHeaps() {
        return Network.SERVICES.stream()
                .collect(Collectors.toMap(
                        service -> service,
                        service -> LiveHeap.mebibytes(pipeline.stack().pid(service))));
    }

    private List<PublishedEvent<EpochCompleted>> epochs(String run) {
        return pipeline.topics().of(EventType.EPOCH_COMPLETED).stream()
                .filter(published -> published.payload().getRunId().equals(run))
                .toList();
    }

    /** Repetitions apart, which stand beside their originals or after them. */
    private static void requireInOrder(List<PublishedEvent<EpochCompleted>> epochs) {
        List<Long> first = epochs.stream()
                .map(PublishedEvent::payload)
                .map(epoch -> (long) epoch.getEpoch())
                .distinct()
                .toList();
        assertThat(first)
                .isEqualTo(LongStream.rangeClosed(1, first.size()).boxed().toList());
    }
}
