package io.catwalk.serving.loading;

/**
 * How far a version got.
 *
 * @param message why it isn't served; empty unless it failed
 */
public record VersionStatus(long version, State state, String message) {
    /** The states of a version on its way into memory. */
    public enum State {
        LOADING,
        AVAILABLE,
        /** It will be tried again: the store or the disk is away. */
        DELAYED,
        /** Its content can't be served. */
        REFUSED
    }
}
