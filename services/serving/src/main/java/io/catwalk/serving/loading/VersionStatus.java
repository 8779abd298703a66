package io.catwalk.serving.loading;

/**
 * The state of a version.
 *
 * @param message why it isn't served; empty unless it failed
 */
public record VersionStatus(long version, State state, String message) {
    /** The states of loading. */
    public enum State {
        LOADING,
        AVAILABLE,
        /** Will be retried: the store or the disk is unavailable. */
        DELAYED,
        /** Its content is unusable. */
        REFUSED
    }
}
