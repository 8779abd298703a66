package io.catwalk.serving.protocol.image;

import io.catwalk.network.layer.ImageShape;

/**
 * Resizes a picture to the model's size like Fashion-MNIST: scaled to fit with its aspect ratio, and centred on black. Each
 * target pixel is the mean of the area that it covers in the source, so shrinking averages and growing repeats pixels. Source: H. Xiao et al., Fashion-MNIST, 2017, figure 1.
 */
final class Fitting {
    private final PictureValues source;
    private final ImageShape target;
    private final int fittedWidth;
    private final int fittedHeight;

    private Fitting(PictureValues source, ImageShape target) {
        this.source = source;
        this.target = target;
        double scale = Math.min((double) target.width() / source.width(), (double) target.height() / source.height());
        this.fittedWidth = Math.clamp(Math.round(source.width() * scale), 1, target.width());
        this.fittedHeight = Math.clamp(Math.round(source.height() * scale), 1, target.height());
    }

    /** @return one image of the target's shape, row-major */
    static float[] fit(PictureValues source, ImageShape target) {
        return new Fitting(source, target).fit();
    }

    private float[] fit() {
        float[] image = new float[Math.toIntExact(target.size())];
        double rowHeight = (double) source.height() / fittedHeight;
        int top = (target.height() - fittedHeight) / 2;
        for (int y = 0; y < source.height(); y++) {
            float[] row = narrowed(source.row(y));
            int first = (int) (y / rowHeight);
            int last = Math.min((int) Math.ceil((y + 1) / rowHeight), fittedHeight);
            for (int fittedY = first; fittedY < last; fittedY++) {
                double share = overlap(fittedY, rowHeight, y) / rowHeight;
                addRow(image, top + fittedY, row, share);
            }
        }
        return image;
    }

    /** One source row resized to the fitted width. */
    private float[] narrowed(float[] row) {
        int channels = target.channels();
        double columnWidth = (double) source.width() / fittedWidth;
        float[] narrowed = new float[fittedWidth * channels];
        for (int fittedX = 0; fittedX < fittedWidth; fittedX++) {
            int last = Math.min((int) Math.ceil((fittedX + 1) * columnWidth), source.width());
            for (int x = (int) (fittedX * columnWidth); x < last; x++) {
                double share = overlap(fittedX, columnWidth, x) / columnWidth;
                for (int channel = 0; channel < channels; channel++) {
                    narrowed[fittedX * channels + channel] += (float) (share * row[x * channels + channel]);
                }
            }
        }
        return narrowed;
    }

    private void addRow(float[] image, int y, float[] row, double share) {
        int channels = target.channels();
        int left = (target.width() - fittedWidth) / 2;
        int start = (y * target.width() + left) * channels;
        for (int index = 0; index < row.length; index++) {
            image[start + index] += (float) (share * row[index]);
        }
    }

    /** The part of source pixel {@code pixel} within cell {@code index} of that size. */
    private static double overlap(int index, double size, int pixel) {
        double start = Math.max(index * size, pixel);
        double end = Math.min((index + 1) * size, pixel + 1.0);
        return Math.max(end - start, 0);
    }
}
