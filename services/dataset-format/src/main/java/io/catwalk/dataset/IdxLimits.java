package io.catwalk.dataset;

/**
 * How much a reader of IDX files accepts.
 *
 * @param maxBytes of one file after inflating, header included; 1 TiB at most
 * @param maxCount of images or labels in one file
 * @param maxSide of an image, in pixels; at most {@link ImageDimensions#MAX_SIDE}
 */
public record IdxLimits(long maxBytes, int maxCount, int maxSide) {
    static final long LARGEST_FILE = 1L << 40;

    public IdxLimits {
        if (maxBytes < 1 || maxBytes > LARGEST_FILE) {
            throw new IllegalArgumentException("maxBytes is " + maxBytes + ", must be 1 to " + LARGEST_FILE);
        }
        if (maxCount < 1) {
            throw new IllegalArgumentException("maxCount is " + maxCount + ", must be at least 1");
        }
        if (maxSide < 1 || maxSide > ImageDimensions.MAX_SIDE) {
            throw new IllegalArgumentException("maxSide is " + maxSide + ", must be 1 to " + ImageDimensions.MAX_SIDE);
        }
    }

    /** Bounded by bytes alone: for files whose length is known. */
    static IdxLimits ofBytes(long maxBytes) {
        return new IdxLimits(maxBytes, Integer.MAX_VALUE, ImageDimensions.MAX_SIDE);
    }

    /**
     * The bytes that a file may have as it is stored, compressed or not: gzip's framing included, but not an endless
     * row of empty blocks.
     */
    long maxRawBytes() {
        return maxBytes + (maxBytes >> 10) + (256 << 10);
    }
}
