package io.catwalk.training.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.FloatBuffer;
import java.util.List;
import java.util.Random;

import io.catwalk.network.checkpoint.NamedTensor;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.HistogramProto;

class WeightHistogramTest {
    @Test
    void countsInBucketsOfOneWidth() {
        HistogramProto spread = of(-1, 0, 0.49f, 0.51f, 29);
        assertThat(spread.getMin()).isEqualTo(-1);
        assertThat(spread.getMax()).isEqualTo(29);
        assertThat(spread.getNum()).isEqualTo(5);
        assertThat(spread.getSum()).isCloseTo(29, within(1e-6));
        assertThat(spread.getSumSquares()).isCloseTo(1 + 0.2401 + 0.2601 + 841, within(1e-4));
        assertThat(spread.getBucketLimitList())
                .hasSize(30)
                .startsWith(0.0, 1.0, 2.0)
                .endsWith(28.0, 29.0);
        assertThat(spread.getBucketList()).startsWith(1.0, 3.0, 0.0).endsWith(0.0, 1.0);
    }

    @Test
    void countsEveryValueOnceWhereItBelongs() {
        Random random = new Random(3);
        float[] values = new float[10_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        HistogramProto spread = of(values);
        double from = spread.getMin();
        for (int bucket = 0; bucket < spread.getBucketCount(); bucket++) {
            double to = spread.getBucketLimit(bucket);
            boolean last = bucket == spread.getBucketCount() - 1;
            int expected = 0;
            for (float value : values) {
                expected += value >= from && (value < to || last) ? 1 : 0;
            }
            assertThat(spread.getBucket(bucket)).as("bucket %d", bucket).isEqualTo(expected);
            from = to;
        }
        assertThat(spread.getBucketList().stream().mapToDouble(count -> count).sum())
                .isEqualTo(values.length);
    }

    @Test
    void equalValuesFillOneBucket() {
        HistogramProto spread = of(0, 0, 0);
        assertThat(spread.getBucketLimitList()).containsExactly(0.0);
        assertThat(spread.getBucketList()).containsExactly(3.0);
    }

    @Test
    void leavesOutWhatIsNotFinite() {
        HistogramProto spread = of(1, Float.NaN, Float.POSITIVE_INFINITY, 2);
        assertThat(spread.getNum()).isEqualTo(2);
        assertThat(spread.getMax()).isEqualTo(2);
        assertThat(spread.getBucketList().stream().mapToDouble(count -> count).sum())
                .isEqualTo(2);
        assertThat(of(Float.NaN)).isEqualTo(HistogramProto.getDefaultInstance());
    }

    private static HistogramProto of(float... values) {
        return WeightHistogram.of(new NamedTensor("dense_1.kernel", List.of(values.length), FloatBuffer.wrap(values)))
                .spread();
    }
}
