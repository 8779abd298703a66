package io.catwalk.network.layer;

import java.util.Optional;
import java.util.function.UnaryOperator;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * What a layer leaves to its caller: an addend for each channel, then an activation.
 *
 * @param addend the weight's name within the layer
 */
record Ending(LayerScope scope, Optional<String> addend, Activation activation) {
    static Ending none(LayerScope scope) {
        return new Ending(scope, Optional.empty(), Activation.LINEAR);
    }

    static Ending of(Layer layer, LayerScope inside) {
        return new Ending(inside, layer.addend(), layer.activation());
    }

    Operand<TFloat32> apply(Operand<TFloat32> sums) {
        return activation.apply(tf(), plus(sums, addend.map(scope::weight)));
    }

    /**
     * Both, and a max pooling. The activation goes behind it where that leaves the bits as they are, and the addend's
     * gradient is taken there: both then work on a quarter of the values.
     */
    Operand<TFloat32> around(Operand<TFloat32> sums, UnaryOperator<Operand<TFloat32>> maxPooling) {
        if (!activation.passesMaxPooling()) {
            return maxPooling.apply(apply(sums));
        }
        return activation.apply(
                tf(),
                scope.training()
                        .map(training -> trained(training, sums, maxPooling))
                        .orElseGet(() -> maxPooling.apply(plus(sums, addend.map(scope::weight)))));
    }

    /**
     * The largest sum takes the addend along, so each pooled value has it once. TensorFlow would make one operation of the
     * addend's gradient before the pooling and the kernel's, three times slower than the kernel's alone.
     */
    private Operand<TFloat32> trained(
            TrainingForm training, Operand<TFloat32> sums, UnaryOperator<Operand<TFloat32>> maxPooling) {
        var fixed = addend.map(name -> tf().stopGradient(scope.weight(name)));
        var pooled = maxPooling.apply(plus(sums, fixed));
        addend.ifPresent(name -> training.addedOnce(scope.inside(name), pooled));
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
