package io.catwalk.network.inference;

import java.util.List;

/** What is known of the outputs of an operation by what is known of its inputs. */
@FunctionalInterface
interface ShapeRule {
    /**
     * The outputs in their order. A shape may have more elements than the tensor will have, but not fewer.
     *
     * @throws IllegalArgumentException for inputs and attributes of which it can't be told, or which TensorFlow refuses
     * @throws ArithmeticException beyond 64 bits
     */
    List<GraphTensor> outputs(GraphNode node);
}
