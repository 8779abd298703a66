package io.catwalk.network.layer;

/** Values in one row. */
public record VectorShape(int length) implements FeatureShape {
    /** @throws IllegalArgumentException for a length below 1 */
    public VectorShape {
        if (length < 1) {
            throw new IllegalArgumentException("a vector needs a length of at least 1, not " + length);
        }
    }

    @Override
    public long size() {
        return length;
    }

    /** The length alone. */
    @Override
    public String toString() {
        return Integer.toString(length);
    }
}
