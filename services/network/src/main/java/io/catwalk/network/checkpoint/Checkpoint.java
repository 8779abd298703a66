package io.catwalk.network.checkpoint;

import java.util.List;
import java.util.Optional;

import io.catwalk.network.Network;

/**
 * Everything that a training session holds after a step: the weights in the network's order, then the optimizer's state
 * by name, averages included. The training loop keeps the position in the data and the step number.
 */
public record Checkpoint(List<NamedTensor> tensors) {
    /** The suffix of a running average's name, after the weight's name. */
    public static final String AVERAGE = ".average";

    /** @throws IllegalArgumentException when a name occurs twice */
    public Checkpoint {
        tensors = List.copyOf(tensors);
        if (tensors.stream().map(NamedTensor::name).distinct().count() != tensors.size()) {
            throw new IllegalArgumentException("a checkpoint must name each tensor once");
        }
    }

    /** The bytes that {@link CheckpointFormat} describes: the same for the same state. */
    public byte[] encode() {
        return CheckpointFormat.encode(this);
    }

    /** @throws UnusableCheckpointException for bytes that {@link #encode} can't have written */
    public static Checkpoint decode(byte[] bytes) {
        return CheckpointFormat.decode(bytes);
    }

    /**
     * The tensor of this name and shape.
     *
     * @throws UnusableCheckpointException when the name is missing or the shape differs
     */
    public NamedTensor required(String name, List<Integer> dimensions) {
        NamedTensor tensor = named(name)
                .orElseThrow(() -> new UnusableCheckpointException(
                        "the checkpoint is of another network or optimizer: it has no %s".formatted(name)));
        if (!tensor.dimensions().equals(dimensions)) {
            throw new UnusableCheckpointException(
                    "the checkpoint is of another network: the shape of %s is %s there, and %s here"
                            .formatted(name, tensor.dimensions(), dimensions));
        }
        return tensor;
    }

    /**
     * What is scored and exported: the weights' running averages if the run keeps them, else the weights.
     *
     * @throws UnusableCheckpointException when one of the network's weights is missing or has another shape
     */
    public Weights weights(Network network) {
        return new Weights(network.weights().stream()
                .map(weight -> named(weight.name() + AVERAGE).isPresent()
                        ? required(weight.name() + AVERAGE, weight.dimensions()).named(weight.name())
                        : required(weight.name(), weight.dimensions()))
                .toList());
    }

    private Optional<NamedTensor> named(String name) {
        return tensors.stream().filter(tensor -> tensor.name().equals(name)).findFirst();
    }
}
