package io.catwalk.objectstore;

/** The store's create-if-absent isn't atomic: nothing may be decided on it. */
public final class BrokenCreateIfAbsentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BrokenCreateIfAbsentException(String message) {
        super(message);
    }
}
