package io.catwalk.network.graph;

import java.util.Arrays;
import java.util.List;

import org.tensorflow.ndarray.Shape;

/** Dimensions as TensorFlow's shapes, and back. */
public final class Shapes {
    private Shapes() {}

    public static Shape of(List<Integer> dimensions) {
        return Shape.of(dimensions.stream().mapToLong(Integer::longValue).toArray());
    }

    /** @throws ArithmeticException for a dimension above 2^31 - 1 */
    public static List<Integer> dimensions(Shape shape) {
        return Arrays.stream(shape.asArray()).mapToObj(Math::toIntExact).toList();
    }
}
