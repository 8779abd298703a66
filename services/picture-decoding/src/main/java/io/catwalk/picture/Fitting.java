package io.catwalk.picture;

/**
 * Resizes a picture to a shape like Fashion-MNIST: scaled to fit with its aspect ratio by {@link Resampling}, and centred on
 * black, the upper or left margin being the smaller one. Source: H. Xiao et al., Fashion-MNIST, 2017, figure 1.
 */
final class Fitting {
    private final PictureValues source;
    private final PictureShape target;
    private final int fittedWidth;
    private final Resampling columns;
    private final int fittedHeight;
    private final Resampling rows;

    private Fitting(PictureValues source, PictureShape target) {
        this.source = source;
        this.target = target;
        double scale = Math.min((double) target.width() / source.width(), (double) target.height() / source.height());
        this.fittedWidth = Math.clamp(Math.round(source.width() * scale), 1, target.width());
        this.columns = new Resampling(source.width(), fittedWidth);
        this.fittedHeight = Math.clamp(Math.round(source.height() * scale), 1, target.height());
        this.rows = new Resampling(source.height(), fittedHeight);
    }

    /** @return one image of the target's shape, row-major */
    static float[] fit(PictureValues source, PictureShape target) {
        return new Fitting(source, target).fit();
    }

    private float[] fit() {
        float[] image = new float[target.size()];
        int top = (target.height() - fittedHeight) / 2;
        int begun = 0;
        for (int y = 0; y < source.height(); y++) {
            float[] row = resized(source.row(y));
            while (begun < fittedHeight && rows.end(begun) <= y) {
                begun++;
            }
            for (int fittedY = begun; fittedY < fittedHeight && rows.first(fittedY) <= y; fittedY++) {
                addRow(image, top + fittedY, row, rows.weight(fittedY, y));
            }
        }
        return image;
    }

    /** One source row resized to the fitted width. */
    private float[] resized(float[] row) {
        int channels = target.channels();
        float[] resized = new float[fittedWidth * channels];
        for (int fittedX = 0; fittedX < fittedWidth; fittedX++) {
            for (int x = columns.first(fittedX); x < columns.end(fittedX); x++) {
                double weight = columns.weight(fittedX, x);
                for (int channel = 0; channel < channels; channel++) {
                    resized[fittedX * channels + channel] += (float) (weight * row[x * channels + channel]);
                }
            }
        }
        return resized;
    }

    private void addRow(float[] image, int y, float[] row, double weight) {
        int channels = target.channels();
        int left = (target.width() - fittedWidth) / 2;
        int start = (y * target.width() + left) * channels;
        for (int index = 0; index < row.length; index++) {
            image[start + index] += (float) (weight * row[index]);
        }
    }
}
