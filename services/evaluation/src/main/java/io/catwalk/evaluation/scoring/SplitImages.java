package io.catwalk.evaluation.scoring;

import io.catwalk.dataset.ImageSet;

/** A dataset's split for scoring and reporting. */
public record SplitImages(ImageSet images) implements LabelledImages {
    @Override
    public int count() {
        return images.count();
    }

    @Override
    public int height() {
        return images.shape().height();
    }

    @Override
    public int width() {
        return images.shape().width();
    }

    @Override
    public int channels() {
        return images.shape().channels();
    }

    @Override
    public int label(int index) {
        return images.label(index);
    }

    @Override
    public byte[] pixels(int index) {
        byte[] pixels = new byte[images.shape().bytes()];
        images.copyPixels(index, pixels, 0);
        return pixels;
    }
}
