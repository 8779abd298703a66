package io.catwalk.network.layer;

import java.util.Optional;
import java.util.function.UnaryOperator;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A bias for each channel, then an activation, which the layer's caller adds.
 *
 * @param bias the weight's name within the layer
 */
record BiasActivation(LayerScope scope, Optional<String> bias, Activation activation) {
    static BiasActivation none(LayerScope scope) {
        return new BiasActivation(scope, Optional.empty(), Activation.LINEAR);
    }

    static BiasActivation of(Layer layer, LayerScope inside) {
        return new BiasActivation(inside, layer.biasName(), layer.activation());
    }

    Operand<TFloat32> apply(Operand<TFloat32> sums) {
        return activation.apply(tf(), plus(sums, bias.map(scope::weight)));
    }

    /**
     * Both, and a max pooling. The activation goes after the pooling if that doesn't change the bits, and so does
     * the bias's gradient: both then work on a quarter of the values.
     */
    Operand<TFloat32> around(Operand<TFloat32> sums, UnaryOperator<Operand<TFloat32>> maxPooling) {
        if (!activation.passesMaxPooling()) {
            return maxPooling.apply(apply(sums));
        }
        return activation.apply(
                tf(),
                scope.training()
                        .map(training -> trained(training, sums, maxPooling))
                        .orElseGet(() -> maxPooling.apply(plus(sums, bias.map(scope::weight)))));
    }

    /**
     * Each pooled value contains the bias once. TensorFlow would make one operation of the
     * bias's gradient before the pooling and the kernel's, three times slower than only the kernel's.
     */
    private Operand<TFloat32> trained(
            TrainingForm training, Operand<TFloat32> sums, UnaryOperator<Operand<TFloat32>> maxPooling) {
        var fixed = bias.map(name -> tf().stopGradient(scope.weight(name)));
        var pooled = maxPooling.apply(plus(sums, fixed));
        bias.ifPresent(name -> training.addedOnce(scope.inside(name), pooled));
        return pooled;
    }

    private Operand<TFloat32> plus(Operand<TFloat32> sums, Optional<? extends Operand<TFloat32>> values) {
        return values.<Operand<TFloat32>>map(each -> tf().nn.biasAdd(sums, each))
                .orElse(sums);
    }

    private Ops tf() {
        return scope.tf();
    }
}
