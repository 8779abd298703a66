package io.catwalk.serving.queue;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;

import io.catwalk.serving.queue.VersionMeters.Outcome;
import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.registry.ModelVersion;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;

/** The metrics of inference. A label's value is a loaded version's or one of a fixed set, never a caller's text. */
public final class InferenceMetrics {
    private static final Tags NO_VERSION = Tags.of("model", "-", "version", "-", "engine", "-");
    private static final String QUEUE_DEPTH = "catwalk.queue.depth";
    private static final double[] BATCH_SIZES = {1, 2, 4, 8, 16, 32, 64, 128};
    private static final long[] EDGES_MICROS = {
        500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000
    };

    private final MeterRegistry registry;
    private final Duration[] edges;
    private final Map<Phase, Timer> phases = new EnumMap<>(Phase.class);

    /** @param objective the latency objective, which becomes an edge of the histograms' buckets */
    public InferenceMetrics(MeterRegistry registry, Duration objective) {
        this.registry = registry;
        this.edges = LongStream.concat(Arrays.stream(EDGES_MICROS), LongStream.of(objective.toNanos() / 1_000))
                .sorted()
                .distinct()
                .mapToObj(micros -> Duration.ofNanos(micros * 1_000))
                .toArray(Duration[]::new);
        for (Phase phase : Phase.values()) {
            phases.put(
                    phase,
                    timer("catwalk.inference.phase", "Time of a request's phases", Tags.of("phase", lowerCase(phase))));
        }
    }

    /**
     * A request's time from its arrival to its answer.
     *
     * @param served the version that answered, or would have
     */
    public void request(Optional<Served> served, String protocol, Optional<Refusal> refusal, Duration duration) {
        Outcome outcome = new Outcome(protocol, refusal);
        served.map(version -> version.statistics().meters().requests(outcome, key -> requests(version.tags(), key)))
                .orElseGet(() -> requests(NO_VERSION, outcome))
                .record(duration);
        served.map(Served::statistics)
                .ifPresent(statistics -> record(statistics, refusal.isEmpty(), duration.toNanos()));
    }

    private Timer requests(Tags version, Outcome outcome) {
        return timer(
                "catwalk.inference",
                "Time from a request's arrival to its answer",
                version.and(
                        "protocol",
                        outcome.protocol(),
                        "outcome",
                        outcome.refusal().map(InferenceMetrics::lowerCase).orElse("ok")));
    }

    private void record(Statistics statistics, boolean answered, long nanos) {
        if (answered) {
            statistics.succeeded(nanos, registry.config().clock().wallTime());
        } else {
            statistics.failed(nanos);
        }
    }

    /** Shows the memory that requests' bodies take. */
    public void bodyBytes(LongSupplier held) {
        Gauge.builder("catwalk.http.body.memory", held, LongSupplier::getAsLong)
                .description("Memory that the bodies of requests take, from their first byte to their answer")
                .baseUnit("bytes")
                .strongReference(true)
                .register(registry);
    }

    /** Shows how many prediction requests hold a place. */
    public void placesTaken(IntSupplier taken) {
        Gauge.builder("catwalk.http.requests.active", taken, IntSupplier::getAsInt)
                .description("Prediction requests of all protocols that have arrived and aren't answered yet")
                .strongReference(true)
                .register(registry);
    }

    /** The time that one phase of a request took. */
    public void phase(Served served, Phase phase, Duration duration) {
        phases.get(phase).record(duration);
        served.statistics().phase(phase, duration.toNanos());
    }

    /** Counts predicted images. */
    public void predictions(Served served, int[] countByClass) {
        for (int index = 0; index < countByClass.length; index++) {
            if (countByClass[index] > 0) {
                served.statistics()
                        .meters()
                        .predictions(index, label -> predictions(served.version(), label))
                        .increment(countByClass[index]);
            }
        }
    }

    private Counter predictions(ModelVersion version, int index) {
        return Counter.builder("catwalk.predictions")
                .description("Images by the label that they were given")
                .tags(versionTags(version).and("label", version.labelNames().get(index)))
                .register(registry);
    }

    /** Receives the sizes of a version's batches, in images. */
    public IntConsumer batchSizes(Served served) {
        DistributionSummary sizes = DistributionSummary.builder("catwalk.batch.size")
                .description("Images that were run together")
                .serviceLevelObjectives(BATCH_SIZES)
                .tags(versionTags(served.version()))
                .register(registry);
        return images -> {
            sizes.record(images);
            served.statistics().executed(images);
        };
    }

    /** Shows how many images wait for a version, replacing an earlier queue's gauge. */
    public void queueDepth(ModelVersion version, BatchQueue queue) {
        Tags tags = versionTags(version);
        registry.find(QUEUE_DEPTH).tags(tags).meters().forEach(registry::remove);
        Gauge.builder(QUEUE_DEPTH, queue, BatchQueue::depth)
                .description("Images that wait for their model")
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    /** Removes all series of an unloaded version. */
    public void forget(ModelVersion version) {
        Tags tags = versionTags(version);
        List<Meter> stale = registry.getMeters().stream()
                .filter(meter -> tags.stream().allMatch(meter.getId().getTags()::contains))
                .toList();
        stale.forEach(registry::remove);
    }

    private Timer timer(String name, String description, Tags tags) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(edges)
                .tags(tags)
                .register(registry);
    }

    static Tags versionTags(ModelVersion version) {
        return Tags.of("model", version.model().value(), "version", Long.toString(version.version()));
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** The phases of a request, in their order. */
    public enum Phase {
        PREPROCESS,
        QUEUE,
        INFER,
        POSTPROCESS
    }
}
