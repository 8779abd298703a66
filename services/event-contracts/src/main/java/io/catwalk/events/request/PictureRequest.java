package io.catwalk.events.request;

import java.util.Optional;

import io.catwalk.dataset.v1.DatasetSource;
import io.catwalk.dataset.v1.PictureOptions;

/**
 * How an archive of pictures becomes a dataset, with the defaults applied.
 *
 * @param archive its file name in the source, or that of the upload; empty where the files lie below the source themselves
 * @param height of each image, in pixels
 * @param width of each image, in pixels
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param seed of the splits and of the order of the images
 * @param validationShare of each class, unless the archive has a validation split
 * @param testShare of each class, unless the archive has a test split
 * @param skipUnreadable the share of the files that may be skipped because they can't be read
 * @param labels the path in the archive of a list of labels; empty where the folders are the labels
 */
public record PictureRequest(
        Optional<String> archive,
        int height,
        int width,
        int channels,
        long seed,
        double validationShare,
        double testShare,
        double skipUnreadable,
        Optional<String> labels) {
    public static final long DEFAULT_SEED = 42;
    public static final double DEFAULT_SHARE = 0.1;

    /** @param options as an {@code Event} or a journal holds them: their rules are checked */
    static PictureRequest from(PictureOptions options, DatasetSource source) {
        return new PictureRequest(
                Optional.of(source.hasUpload() ? source.getUpload() : options.getArchive())
                        .filter(name -> !name.isEmpty()),
                options.getHeight(),
                options.getWidth(),
                options.getChannels(),
                options.hasSeed() ? options.getSeed() : DEFAULT_SEED,
                validationShare(options),
                testShare(options),
                options.getSkipUnreadable(),
                Optional.of(options.getLabels()).filter(labels -> !labels.isEmpty()));
    }

    public static double validationShare(PictureOptions options) {
        return options.hasValidationShare() ? options.getValidationShare() : DEFAULT_SHARE;
    }

    public static double testShare(PictureOptions options) {
        return options.hasTestShare() ? options.getTestShare() : DEFAULT_SHARE;
    }
}
