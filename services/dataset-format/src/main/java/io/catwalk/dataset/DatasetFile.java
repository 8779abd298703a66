package io.catwalk.dataset;

import java.util.regex.Pattern;

/**
 * An uncompressed IDX file, by its content.
 *
 * @param digest {@code sha256:<64 lower-case hex digits>}
 * @param bytes its length
 */
public record DatasetFile(String digest, long bytes) {
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    public DatasetFile {
        if (!DIGEST.matcher(digest).matches()) {
            throw new BadDatasetException("a file's digest must be sha256:<64 lower-case hex digits>");
        }
        if (bytes < 1 || bytes > IdxLimits.LARGEST_FILE) {
            throw new BadDatasetException("a file's bytes is " + bytes + ", must be 1 to " + IdxLimits.LARGEST_FILE);
        }
    }
}
