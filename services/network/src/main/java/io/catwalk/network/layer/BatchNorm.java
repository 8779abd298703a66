package io.catwalk.network.layer;

import static io.catwalk.network.precondition.Preconditions.requireBelowOne;
import static io.catwalk.network.precondition.Preconditions.requirePositive;

import java.util.List;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;

/**
 * Batch normalisation (Ioffe and Szegedy 2015): subtracts each channel's mean, divides by its standard deviation, multiplies by a
 * scale and adds an offset. Training uses the batch's mean and variance and updates the running ones; inference uses the
 * running ones. As in TensorFlow and PyTorch, the running variance follows the unbiased one, of n - 1.
 *
 * @param momentum how much of the running statistics a step keeps
 * @param epsilon added to the variance
 */
public record BatchNorm(float momentum, float epsilon) implements Layer {
    private static final String SCALE = "scale";
    private static final String OFFSET = "offset";
    private static final String MOVING_MEAN = "moving_mean";
    private static final String MOVING_VARIANCE = "moving_variance";

    /** PyTorch's defaults, 0.9 (its momentum of 0.1) and 1e-5: running statistics that lag only a few steps suit scoring after each epoch. */
    public BatchNorm() {
        this(0.9f, 1e-5f);
    }

    /** @throws IllegalArgumentException unless {@code 0 <= momentum < 1} and {@code 0 < epsilon} */
    public BatchNorm {
        requireBelowOne("momentum", momentum);
        requirePositive("epsilon", epsilon);
    }

    @Override
    public String kind() {
        return "batch_norm";
    }

    @Override
    public FeatureShape output(FeatureShape input) {
        return input;
    }

    @Override
    public List<WeightSpec> weights(FeatureShape input) {
        int channels = channels(input);
        return List.of(
                WeightSpec.of(SCALE, WeightRole.SCALE, channels),
                WeightSpec.of(OFFSET, WeightRole.OFFSET, channels),
                WeightSpec.of(MOVING_MEAN, WeightRole.MOVING_MEAN, channels),
                WeightSpec.of(MOVING_VARIANCE, WeightRole.MOVING_VARIANCE, channels));
    }

    /** TensorFlow's fused operation, which takes images: a vector is one pixel of as many channels. */
    @Override
    public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> batch, FeatureShape input) {
        return switch (input) {
            case ImageShape image -> normalised(scope, batch);
            case VectorShape vector -> {
                Ops tf = scope.tf();
                var pixels = tf.reshape(batch, tf.constant(new int[] {-1, 1, 1, vector.length()}));
                yield tf.reshape(normalised(scope, pixels), tf.constant(new int[] {-1, vector.length()}));
            }
        };
    }

    private Operand<TFloat32> normalised(LayerScope scope, Operand<TFloat32> images) {
        return scope.training()
                .map(training -> byTheBatch(scope, training, images))
                .orElseGet(() -> fused(scope, images, scope.weight(MOVING_MEAN), scope.weight(MOVING_VARIANCE), false)
                        .y());
    }

    private Operand<TFloat32> byTheBatch(LayerScope scope, TrainingForm training, Operand<TFloat32> images) {
        Operand<TFloat32> nothing = scope.tf().constant(new float[0]);
        var fused = fused(scope, images, nothing, nothing, true);
        follow(scope, training, MOVING_MEAN, fused.batchMean());
        follow(scope, training, MOVING_VARIANCE, fused.batchVariance());
        return fused.y();
    }

    private FusedBatchNorm<TFloat32, TFloat32> fused(
            LayerScope scope,
            Operand<TFloat32> images,
            Operand<TFloat32> mean,
            Operand<TFloat32> variance,
            boolean training) {
        return scope.tf()
                .nn
                .fusedBatchNorm(
                        images,
                        scope.weight(SCALE),
                        scope.weight(OFFSET),
                        mean,
                        variance,
                        FusedBatchNorm.epsilon(epsilon),
                        FusedBatchNorm.isTraining(training));
    }

    private void follow(LayerScope scope, TrainingForm training, String name, Operand<TFloat32> ofBatch) {
        Ops tf = scope.tf();
        var kept = tf.math.mul(scope.weight(name), tf.constant(momentum));
        training.becomes(scope.inside(name), tf.math.add(kept, tf.math.mul(ofBatch, tf.constant(1 - momentum))));
    }

    private static int channels(FeatureShape input) {
        return switch (input) {
            case ImageShape image -> image.channels();
            case VectorShape vector -> vector.length();
        };
    }
}
