package io.catwalk.serving.window;

import java.util.stream.LongStream;

/**
 * What a tally held at a moment, or between two.
 *
 * @param answers requests that callers made
 * @param copies copies of requests that the version ran
 * @param comparison images that agreed and disagreed with stable, and dropped copies
 */
record Counts(Sum answers, Sum copies, long[] comparison) {
    private static final int AGREED = 0;
    private static final int DISAGREED = 1;
    private static final int DROPPED = 2;

    static Counts none(int classes) {
        return new Counts(Sum.none(classes), Sum.none(classes), new long[DROPPED + 1]);
    }

    Counts minus(Counts earlier) {
        return new Counts(
                answers.minus(earlier.answers),
                copies.minus(earlier.copies),
                difference(comparison, earlier.comparison));
    }

    long compared() {
        return comparison[AGREED] + comparison[DISAGREED];
    }

    long disagreements() {
        return comparison[DISAGREED];
    }

    long dropped() {
        return comparison[DROPPED];
    }

    private static long[] difference(long[] later, long[] earlier) {
        long[] difference = later.clone();
        for (int index = 0; index < difference.length; index++) {
            difference[index] -= earlier[index];
        }
        return difference;
    }

    /**
     * Some requests.
     *
     * @param succeeded those with a prediction, by latency
     * @param failed those that failed, by latency
     * @param labels images by their most probable label
     */
    record Sum(long[] succeeded, long[] failed, long[] labels) {
        static Sum none(int classes) {
            return new Sum(new long[LatencyEdges.BUCKETS], new long[LatencyEdges.BUCKETS], new long[classes]);
        }

        Sum minus(Sum earlier) {
            return new Sum(
                    difference(succeeded, earlier.succeeded),
                    difference(failed, earlier.failed),
                    difference(labels, earlier.labels));
        }

        long requests() {
            return LongStream.of(succeeded).sum() + errors();
        }

        long errors() {
            return LongStream.of(failed).sum();
        }

        /** All requests by latency. */
        long[] latencies() {
            long[] latencies = succeeded.clone();
            for (int index = 0; index < latencies.length; index++) {
                latencies[index] += failed[index];
            }
            return latencies;
        }
    }
}
