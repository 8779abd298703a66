package io.catwalk.serving.window;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** The fixed buckets of latencies. */
final class LatencyEdges {
    private static final long[] MICROS = {
        250, 500, 750, 1_000, 1_500, 2_000, 3_000, 5_000, 7_500, 10_000, 15_000, 20_000, 30_000, 50_000, 75_000,
        100_000, 150_000, 200_000, 300_000, 500_000, 1_000_000, 2_000_000, 5_000_000
    };
    private static final long[] NANOS =
            LongStream.of(MICROS).map(micros -> micros * 1_000).toArray();

    /** The upper ends of all buckets but the last, in seconds. */
    static final List<Double> SECONDS =
            LongStream.of(MICROS).mapToObj(micros -> micros / 1e6).toList();

    /** The number of buckets. */
    static final int BUCKETS = NANOS.length + 1;

    private LatencyEdges() {}

    /** The index of a latency's bucket, whose upper end belongs to it. */
    static int bucket(long nanos) {
        int found = Arrays.binarySearch(NANOS, nanos);
        return found < 0 ? -found - 1 : found;
    }
}
