package io.catwalk.evaluation.scoring;

/** A split of a dataset: images of one shape, each with its class. */
public interface LabelledImages {
    int count();

    int height();

    int width();

    /** 1 for grey, 3 for red, green and blue. */
    int channels();

    /** The class of an image, from 0. */
    int label(int index);

    /** One image's height * width * channels unsigned bytes, row by row, its channels together. */
    byte[] pixels(int index);

    /** The values of one image. */
    default int values() {
        return height() * width() * channels();
    }

    /** Copies one image as a model is given it, each value from 0 to 1. */
    default void copy(int index, float[] target, int first) {
        byte[] pixels = pixels(index);
        for (int pixel = 0; pixel < values(); pixel++) {
            target[first + pixel] = Byte.toUnsignedInt(pixels[pixel]) / 255f;
        }
    }
}
