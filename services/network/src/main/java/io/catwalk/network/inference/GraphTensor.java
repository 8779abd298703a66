package io.catwalk.network.inference;

import java.util.List;
import java.util.Optional;

/**
 * What is known of a tensor before a graph is run.
 *
 * @param integers the elements of a small tensor of integers that depends on shapes and constants alone, as a target of Reshape
 */
record GraphTensor(TensorShape shape, Optional<List<Long>> integers) {
    GraphTensor {
        integers = integers.map(List::copyOf);
    }

    static GraphTensor of(TensorShape shape) {
        return new GraphTensor(shape, Optional.empty());
    }

    static GraphTensor of(TensorShape shape, List<Long> integers) {
        return new GraphTensor(shape, Optional.of(integers));
    }

    /** Several integers. */
    static GraphTensor vector(List<Long> integers) {
        return of(TensorShape.of(integers.size()), integers);
    }
}
