package io.catwalk.serving.registry;

import io.catwalk.objectstore.Digest;

/**
 * A promotion in a label journal: the version that the label points at from then on.
 *
 * @param digest the version's archive
 * @param entry the entry's number; the highest is the newest
 */
public record Promotion(long version, Digest digest, long entry) {
    public Promotion {
        if (version < 1) {
            throw new IllegalArgumentException("version must be at least 1, not " + version);
        }
    }
}
