package io.catwalk.installation;

/** What is waited for isn't so yet; the message says what there is instead. */
public final class NotYetException extends Exception {
    public NotYetException(String message) {
        super(message);
    }
}
