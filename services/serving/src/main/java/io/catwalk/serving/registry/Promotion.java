package io.catwalk.serving.registry;

import java.util.OptionalDouble;

import io.catwalk.objectstore.Digest;

/**
 * A promotion in a label journal: the version that the label points at from then on.
 *
 * @param digest the version's archive
 * @param entry the entry's number; the highest is the newest
 * @param weight for a rollout: the version's share of the requests for stable, or of their copies; 0 ends it
 */
public record Promotion(long version, Digest digest, long entry, OptionalDouble weight) {
    public Promotion {
        if (version < 1) {
            throw new IllegalArgumentException("version must be at least 1, not " + version);
        }
        if (weight.isPresent() && !(weight.getAsDouble() >= 0 && weight.getAsDouble() <= 1)) {
            throw new IllegalArgumentException("weight must be from 0 to 1, not " + weight.getAsDouble());
        }
    }

    /** One that requests reach by the label's name alone. */
    public Promotion(long version, Digest digest, long entry) {
        this(version, digest, entry, OptionalDouble.empty());
    }

    /** Whether it ends the label's rollout: the label points at nothing any more. */
    public boolean ends() {
        return weight.isPresent() && weight.getAsDouble() == 0;
    }
}
