package io.catwalk.dataset;

import java.io.IOException;
import java.io.InputStream;

/**
 * A dataset's description and its images.
 *
 * @param manifest what it is
 * @param splits its images and labels
 */
public record Dataset(DatasetManifest manifest, Splits splits) {
    /** Opens the content that a digest names. */
    @FunctionalInterface
    public interface BlobOpener {
        /** @param digest {@code sha256:<64 lower-case hex digits>} */
        InputStream open(String digest) throws IOException;
    }
}
