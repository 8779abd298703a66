package io.catwalk.dataset;

/** A file that isn't the IDX file it should be; the message names the file, the byte, the value and the limit. */
public final class BadIdxException extends BadDatasetException {
    private static final long serialVersionUID = 1L;

    /**
     * @param file the name of the file's source
     * @param where the byte or field, as {@code byte 3 (rank)}
     * @param problem the value found and what it must be
     */
    public BadIdxException(String file, String where, String problem) {
        super(file + ", " + where + ": " + problem);
    }
}
