package io.catwalk.installation;

/** What the command was for can't be done; the message says why. */
public final class InstallationException extends RuntimeException {
    public InstallationException(String message) {
        super(message);
    }
}
