package io.catwalk.serving.protocol.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.catwalk.serving.refusal.RefusedException;

/**
 * Numbers of a rectangular nested array.
 *
 * @param values row-major; their number is the product of the shape
 * @param shape from the outermost dimension to the innermost
 */
public record FloatTensor(float[] values, List<Integer> shape) {
    public FloatTensor {
        shape = List.copyOf(shape);
    }

    /**
     * Stacks tensors of one shape.
     *
     * @param name what their array is called in errors
     * @throws RefusedException with {@code BAD_INPUT} when their shapes differ
     */
    public static FloatTensor stack(List<FloatTensor> tensors, String name) {
        FloatTensor first = tensors.getFirst();
        for (int index = 0; index < tensors.size(); index++) {
            FloatTensor tensor = tensors.get(index);
            if (!tensor.shape.equals(first.shape)) {
                throw RefusedException.badInput(name + "[" + index + "] has the shape " + tensor.shape
                        + ", the ones before have the shape " + first.shape);
            }
        }
        int size = first.values.length;
        float[] values = new float[tensors.size() * size];
        for (int index = 0; index < tensors.size(); index++) {
            System.arraycopy(tensors.get(index).values, 0, values, index * size, size);
        }
        List<Integer> shape =
                Stream.concat(Stream.of(tensors.size()), first.shape.stream()).toList();
        return new FloatTensor(values, shape);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FloatTensor tensor
                && Arrays.equals(values, tensor.values)
                && shape.equals(tensor.shape);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(values) + shape.hashCode();
    }
}
