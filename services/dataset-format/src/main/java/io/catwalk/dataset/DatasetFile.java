package io.catwalk.dataset;

/**
 * An uncompressed IDX file, by its content.
 *
 * @param digest {@code sha256:<64 lower-case hex digits>}
 * @param bytes its length
 */
public record DatasetFile(String digest, long bytes) {
    public DatasetFile {
        Sha256.check("a file's", digest);
        if (bytes < 1 || bytes > IdxLimits.LARGEST_FILE) {
            throw new BadDatasetException("a file's bytes is " + bytes + ", must be 1 to " + IdxLimits.LARGEST_FILE);
        }
    }
}
