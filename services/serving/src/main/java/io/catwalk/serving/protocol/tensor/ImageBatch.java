package io.catwalk.serving.protocol.tensor;

import java.util.List;

import io.catwalk.network.layer.ImageShape;
import io.catwalk.serving.refusal.RefusedException;

/**
 * Images in an engine's input format.
 *
 * @param values {@code count} images, row-major, channels last
 */
public record ImageBatch(float[] values, int count) {
    private static final float UINT8_MAX = 255f;

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
        if (count > maxImages) {
            throw RefusedException.badInput(
                    name + " must hold at most " + maxImages + " images a request, not " + count);
        }
        return new ImageBatch(tensor.values(), count);
    }

    /**
     * Scales grey values from 0..255 to 0..1.
     *
     * @throws RefusedException with {@code BAD_INPUT} for a number that isn't an integer from 0 to 255
     */
    public static FloatTensor fromUint8(FloatTensor tensor, String name) {
        float[] values = tensor.values();
        float[] scaled = new float[values.length];
        for (int index = 0; index < values.length; index++) {
            if (!(tensor.whole() && values[index] >= 0 && values[index] <= UINT8_MAX)) {
                throw RefusedException.badInput(name + " must hold integers from 0 to 255, as its datatype is UINT8");
            }
            scaled[index] = values[index] / UINT8_MAX;
        }
        return new FloatTensor(scaled, tensor.shape(), false);
    }

    private static List<List<Integer>> shapes(ImageShape image) {
        List<Integer> full = List.of(image.height(), image.width(), image.channels());
        List<Integer> flat = List.of(Math.toIntExact(image.size()));
        return image.channels() == 1 ? List.of(full, full.subList(0, 2), flat) : List.of(full, flat);
    }
}
