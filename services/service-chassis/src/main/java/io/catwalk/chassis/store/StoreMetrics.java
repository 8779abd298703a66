package io.catwalk.chassis.store;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code catwalk_store_seconds{operation,outcome}}: a histogram of the time from a call to the bucket to its answer. Of
 * {@code open} it is the time to the first bytes; what follows is read at the reader's pace.
 */
final class StoreMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(StoreMetrics.class);
    private static final long[] EDGES_MILLIS = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000
    };
    private static final Duration[] EDGES =
            Arrays.stream(EDGES_MILLIS).mapToObj(Duration::ofMillis).toArray(Duration[]::new);

    private final MeterRegistry registry;

    StoreMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Never throws: a call's answer is worth more than its measure. */
    void record(Operation operation, Outcome outcome, Duration duration) {
        try {
            Timer.builder("catwalk.store")
                    .description("Time from a call to the object store to its answer")
                    .serviceLevelObjectives(EDGES)
                    .tags("operation", lowerCase(operation), "outcome", lowerCase(outcome))
                    .register(registry)
                    .record(duration);
        } catch (RuntimeException e) {
            LOG.debug("can't measure {}", operation, e);
        }
    }

    private static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** What the bucket is asked to do. */
    enum Operation {
        READ,
        OPEN,
        EXISTS,
        PUT,
        CREATE,
        DELETE,
        LIST,
        LIST_FOLDERS
    }

    /** What came of a call. */
    enum Outcome {
        OK,
        /** There is no such object. */
        ABSENT,
        /** Another writer's object was there first. */
        PRESENT,
        TOO_LARGE,
        /** The store answered, and would answer so again. */
        REFUSED,
        /** The store gave no usable answer. */
        UNAVAILABLE,
        /** The caller's thread was interrupted. */
        INTERRUPTED,
        DEFECT
    }
}
