package io.catwalk.conformance.model;

import java.util.List;
import java.util.Optional;

/**
 * The model that a server is tried with.
 *
 * @param version one that is served, if the server names versions
 * @param label one that points at a served version, if the caller names one
 */
public record Model(
        String name,
        Optional<String> version,
        Optional<String> label,
        List<TensorSpec> inputs,
        List<TensorSpec> outputs) {
    public Model {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /** Whether all inputs have a batch. */
    public boolean isBatched() {
        return inputs.stream().allMatch(TensorSpec::isBatched);
    }

    /** A valid input for each of the model's, as {@link TensorSpec#example}. */
    public List<Tensor> example(int rows, int first) {
        return inputs.stream().map(input -> input.example(rows, first)).toList();
    }
}
