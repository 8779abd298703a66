package io.catwalk.network.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

import io.catwalk.network.Network;

/** A network's weights, in its order. */
public record Weights(List<NamedTensor> tensors) {
    public Weights {
        tensors = List.copyOf(tensors);
    }

    /** @throws IllegalArgumentException unless these are the network's weights, by name, shape and order */
    public void requireOf(Network network) {
        List<String> given = tensors.stream()
                .map(tensor -> tensor.name() + tensor.dimensions())
                .toList();
        List<String> own = network.weights().stream()
                .map(weight -> weight.name() + weight.dimensions())
                .toList();
        if (!given.equals(own)) {
            throw new IllegalArgumentException(
                    "network %s has the weights %s, not %s".formatted(network.name(), own, given));
        }
    }

    /** Only the values, one tensor after the other, as little-endian float32: equal bytes for equal weights. */
    public byte[] toBytes() {
        int values =
                tensors.stream().mapToInt(tensor -> tensor.values().remaining()).reduce(0, Math::addExact);
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(values, Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        tensors.forEach(tensor -> CheckpointFormat.putAll(bytes, tensor.values()));
        return bytes.array();
    }
}
