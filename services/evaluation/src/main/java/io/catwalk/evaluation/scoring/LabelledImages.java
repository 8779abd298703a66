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
}
