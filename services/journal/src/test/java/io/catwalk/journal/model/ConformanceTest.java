package io.catwalk.journal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** The Java takes the model's steps, and differs in nothing that can be seen. */
class ConformanceTest {
    private static final String TRACES = "catwalk.model.traces";
    private static final String SEED = "catwalk.model.seed";
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void takesEachStepOfEachStateWithoutDisturbances() {
        Bounds bounds = Bounds.of(0);

        replay(Traces.covering(Protocol.within(bounds)), bounds);
    }

    @Test
    void takesAllTracesOfFourSteps() {
        Bounds bounds = Bounds.of(2);

        replay(Traces.ofLength(Protocol.within(bounds), 4), bounds);
    }

    /** {@value #TRACES} and {@value #SEED} say how many, and from which seed on. */
    @Test
    void takesLongTraces(TestReporter reporter) {
        long seed = Long.getLong(SEED, new Random().nextInt(1_000_000));
        int traces = Integer.getInteger(TRACES, 500);
        reporter.publishEntry(SEED, Long.toString(seed));
        LongStream.range(seed, seed + traces).parallel().forEach(ConformanceTest::replayLong);
    }

    private static void replayLong(long seed) {
        Random random = new Random(seed);
        Bounds bounds = new Bounds(
                1 + random.nextInt(3),
                2 + random.nextInt(5),
                1 + random.nextInt(3),
                random.nextBoolean(),
                random.nextInt(7),
                EnumSet.allOf(Disturbance.class));
        Trace trace = Traces.random(Protocol.within(bounds), seed);
        assertThat(trace.last().isDone()).as("seed %d ends: %s", seed, trace).isTrue();
        try {
            Replay.of(trace, bounds, PATIENCE);
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private static void replay(List<Trace> traces, Bounds bounds) {
        assertThat(traces).isNotEmpty();
        traces.parallelStream().forEach(trace -> Replay.of(trace, bounds, PATIENCE));
    }
}
