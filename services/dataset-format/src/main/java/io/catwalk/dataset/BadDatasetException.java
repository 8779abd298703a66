package io.catwalk.dataset;

/** Data that isn't a valid dataset; the message names the file or field, value and limit. */
public class BadDatasetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadDatasetException(String message) {
        super(message);
    }
}
