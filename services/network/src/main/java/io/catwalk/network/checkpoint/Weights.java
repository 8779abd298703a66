package io.catwalk.network.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** The tensors that a trained network is made of, in the network's order. */
public record Weights(List<NamedTensor> tensors) {
    public Weights {
        tensors = List.copyOf(tensors);
    }

    /** The values alone, one tensor after the other, as little-endian float32: equal for equal weights, to the bit. */
    public byte[] toBytes() {
        int values =
                tensors.stream().mapToInt(tensor -> tensor.values().remaining()).reduce(0, Math::addExact);
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(values, Float.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        tensors.forEach(tensor -> CheckpointFormat.putAll(bytes, tensor.values()));
        return bytes.array();
    }
}
