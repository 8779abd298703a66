package io.catwalk.training.tensorboard;

import java.nio.FloatBuffer;
import java.util.DoubleSummaryStatistics;
import java.util.List;

import io.catwalk.network.checkpoint.NamedTensor;
import io.catwalk.network.checkpoint.Weights;
import org.tensorflow.proto.HistogramProto;

/**
 * How a weight's values are spread, over buckets of one width between the lowest and the highest: TensorBoard's own default
 * ({@code tensorboard/plugins/histogram/summary_v2.py}). Where all values are one, there is one bucket of no width. Values that
 * aren't finite aren't counted.
 *
 * @param weight its name in the network, as {@code conv2d_1.kernel}
 */
public record WeightHistogram(String weight, HistogramProto spread) {
    private static final int BUCKETS = 30;

    /** One for each weight, in the network's order. */
    public static List<WeightHistogram> of(Weights weights) {
        return weights.tensors().stream().map(WeightHistogram::of).toList();
    }

    static WeightHistogram of(NamedTensor weight) {
        FloatBuffer values = weight.values();
        double squares = 0;
        DoubleSummaryStatistics statistics = new DoubleSummaryStatistics();
        while (values.hasRemaining()) {
            double value = values.get();
            if (Double.isFinite(value)) {
                statistics.accept(value);
                squares += value * value;
            }
        }
        if (statistics.getCount() == 0) {
            return new WeightHistogram(weight.name(), HistogramProto.getDefaultInstance());
        }
        HistogramProto.Builder spread = HistogramProto.newBuilder()
                .setMin(statistics.getMin())
                .setMax(statistics.getMax())
                .setNum(statistics.getCount())
                .setSum(statistics.getSum())
                .setSumSquares(squares);
        addBuckets(spread, weight.values());
        return new WeightHistogram(weight.name(), spread.build());
    }

    private static void addBuckets(HistogramProto.Builder spread, FloatBuffer values) {
        double lowest = spread.getMin();
        double width = (spread.getMax() - lowest) / BUCKETS;
        if (width == 0) {
            spread.addBucketLimit(lowest).addBucket(spread.getNum());
            return;
        }
        long[] counts = new long[BUCKETS];
        while (values.hasRemaining()) {
            double value = values.get();
            if (Double.isFinite(value)) {
                counts[Math.min(BUCKETS - 1, (int) ((value - lowest) / width))]++;
            }
        }
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            boolean last = bucket == BUCKETS - 1;
            spread.addBucketLimit(last ? spread.getMax() : lowest + (bucket + 1) * width)
                    .addBucket(counts[bucket]);
        }
    }
}
