package io.catwalk.serving.window;

import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

import io.catwalk.serving.observation.MostProbable;
import io.catwalk.serving.window.Counts.Sum;

/**
 * What a version has done since it was loaded: as a caller's answers, and with copies of requests. Recording allocates nothing
 * and takes no lock.
 */
public final class Tally {
    private final Recorder answers;
    private final Recorder copies;
    private final LongAdder agreed = new LongAdder();
    private final LongAdder disagreed = new LongAdder();
    private final LongAdder dropped = new LongAdder();

    Tally(int classes) {
        answers = new Recorder(classes);
        copies = new Recorder(classes);
    }

    void answered(long nanos, float[] probabilities) {
        answers.succeeded(nanos, probabilities);
    }

    void failed(long nanos) {
        answers.failed.add(nanos);
    }

    /** This version has run a copy. */
    public void copyAnswered(long nanos, float[] probabilities) {
        copies.succeeded(nanos, probabilities);
    }

    /** This version has failed on a copy. */
    public void copyFailed(long nanos) {
        copies.failed.add(nanos);
    }

    /** A copy wasn't run. */
    public void copyDropped() {
        dropped.increment();
    }

    /** This version and stable have answered the same images. */
    public void compared(int images, int disagreements) {
        agreed.add(images - disagreements);
        disagreed.add(disagreements);
    }

    Counts read() {
        return new Counts(answers.read(), copies.read(), new long[] {agreed.sum(), disagreed.sum(), dropped.sum()});
    }

    private static long[] read(LongAdder[] adders) {
        long[] values = new long[adders.length];
        for (int index = 0; index < values.length; index++) {
            values[index] = adders[index].sum();
        }
        return values;
    }

    private static LongAdder[] adders(int count) {
        return IntStream.range(0, count).mapToObj(index -> new LongAdder()).toArray(LongAdder[]::new);
    }

    /** Requests by latency, apart for predictions and errors, so that their sums are exact at any moment. */
    private static final class Recorder {
        private final Latencies succeeded = new Latencies();
        private final Latencies failed = new Latencies();
        private final LongAdder[] labels;

        Recorder(int classes) {
            labels = adders(classes);
        }

        void succeeded(long nanos, float[] probabilities) {
            succeeded.add(nanos);
            for (int first = 0; first < probabilities.length; first += labels.length) {
                labels[MostProbable.of(probabilities, first, labels.length)].increment();
            }
        }

        Sum read() {
            return new Sum(succeeded.read(), failed.read(), Tally.read(labels));
        }
    }

    private static final class Latencies {
        private final LongAdder[] buckets = adders(LatencyEdges.BUCKETS);

        void add(long nanos) {
            buckets[LatencyEdges.bucket(nanos)].increment();
        }

        long[] read() {
            return Tally.read(buckets);
        }
    }
}
