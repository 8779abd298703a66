package io.catwalk.network.inference;

import java.util.List;

/**
 * A named input or output.
 *
 * @param type of the elements
 * @param shape -1 for a dimension of any size
 */
public record TensorSignature(String name, ElementType type, List<Long> shape) {
    public TensorSignature {
        shape = List.copyOf(shape);
    }

    /** The types that a model of this project has. */
    public enum ElementType {
        FLOAT32
    }
}
