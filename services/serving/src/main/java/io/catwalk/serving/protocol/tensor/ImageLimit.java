package io.catwalk.serving.protocol.tensor;

import io.catwalk.serving.refusal.RefusedException;

/**
 * The most images of one request.
 *
 * @param valuesPerImage numbers of one image
 */
public record ImageLimit(int maxImages, int valuesPerImage) {
    /** Numbers that one tensor may hold, at most as many as an array can. */
    public int maxValues() {
        return (int) Math.min(Integer.MAX_VALUE, (long) maxImages * valuesPerImage);
    }

    /**
     * The refusal of a tensor that holds more.
     *
     * @param name what the tensor is called in errors
     */
    public RefusedException exceeded(String name) {
        return RefusedException.badInput(name + " must hold at most " + maxImages + " images a request, that is "
                + maxValues() + " numbers at " + valuesPerImage + " an image");
    }
}
