package io.catwalk.network.layer;

import static io.catwalk.network.precondition.Preconditions.requireAtLeastOne;

import java.util.List;
import java.util.Optional;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** A fully connected layer with a bias for each unit. */
public record Dense(int units, Activation activation) implements Layer {
    private static final String KERNEL = "kernel";
    private static final String BIAS = "bias";

    /** @throws IllegalArgumentException without a unit */
    public Dense {
        requireAtLeastOne("units", units);
    }

    @Override
    public String kind() {
        return "dense";
    }

    @Override
    public VectorShape output(FeatureShape input) {
        requiredLength(input);
        return new VectorShape(units);
    }

    @Override
    public List<WeightSpec> weights(FeatureShape input) {
        return List.of(
                WeightSpec.of(KERNEL, WeightRole.KERNEL, requiredLength(input), units),
                WeightSpec.of(BIAS, WeightRole.BIAS, units));
    }

    @Override
    public long multiplyAdds(FeatureShape input) {
        return (long) requiredLength(input) * units;
    }

    @Override
    public Optional<String> biasName() {
        return Optional.of(BIAS);
    }

    @Override
    public Operand<TFloat32> apply(LayerScope scope, Operand<TFloat32> batch, FeatureShape input) {
        return scope.tf().linalg.matMul(batch, scope.weight(KERNEL));
    }

    private static int requiredLength(FeatureShape input) {
        return switch (input) {
            case VectorShape vector -> vector.length();
            case ImageShape image ->
                throw new IllegalArgumentException(
                        "needs a vector, but gets an image of %s: put a Flatten before it".formatted(image));
        };
    }
}
