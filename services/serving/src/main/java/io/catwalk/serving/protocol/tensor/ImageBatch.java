package io.catwalk.serving.protocol.tensor;

import java.util.List;
import java.util.function.IntFunction;

import io.catwalk.network.layer.ImageShape;
import io.catwalk.serving.refusal.RefusedException;

/**
 * Images in an engine's input format.
 *
 * @param values {@code count} images, row-major, channels last
 */
public record ImageBatch(float[] values, int count) {
    /**
     * Converts a tensor to images. Its first dimension is the number of images; the rest is the image's shape, or for one
     * channel the shape without it, or one dimension of all its values.
     *
     * @param name what the tensor is called in errors
     * @throws RefusedException with {@code BAD_INPUT} for another shape or too many images
     */
    public static ImageBatch of(FloatTensor tensor, ImageShape image, String name, int maxImages) {
        List<Integer> rest = tensor.shape().subList(1, tensor.shape().size());
        if (!shapes(image).contains(rest)) {
            throw RefusedException.badInput("%s must have the shape [n,%d,%d,%d] or [n,%d], not %s"
                    .formatted(name, image.height(), image.width(), image.channels(), image.size(), tensor.shape()));
        }
        int count = tensor.shape().getFirst();
        requireCount(count, name, maxImages);
        return new ImageBatch(tensor.values(), count);
    }

    /**
     * Reads images one by one. What isn't one costs no memory: none is taken for all before the first is read.
     *
     * @param imageValues numbers of one image
     * @param reader reads the image of an index
     */
    public static ImageBatch read(int count, int imageValues, IntFunction<float[]> reader) {
        float[] values = {};
        for (int index = 0; index < count; index++) {
            float[] image = reader.apply(index);
            if (index == 0) {
                values = new float[Math.multiplyExact(count, imageValues)];
            }
            System.arraycopy(image, 0, values, index * imageValues, imageValues);
        }
        return new ImageBatch(values, count);
    }

    /** @throws RefusedException with {@code BAD_INPUT} for too many images */
    public static void requireCount(long count, String name, int maxImages) {
        if (count > maxImages) {
            throw RefusedException.badInput(
                    name + " must hold at most " + maxImages + " images a request, not " + count);
        }
    }

    private static List<List<Integer>> shapes(ImageShape image) {
        List<Integer> full = List.of(image.height(), image.width(), image.channels());
        List<Integer> flat = List.of(Math.toIntExact(image.size()));
        return image.channels() == 1 ? List.of(full, full.subList(0, 2), flat) : List.of(full, flat);
    }
}
