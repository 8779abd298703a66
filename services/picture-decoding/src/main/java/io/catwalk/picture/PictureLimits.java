package io.catwalk.picture;

/**
 * How large a picture may be, by what its file says before it is decoded.
 *
 * @param maxSide the largest width and the largest height, in pixels
 * @param maxBytes the most heap that decoding may take, beside the file
 */
public record PictureLimits(int maxSide, long maxBytes) {
    public PictureLimits {
        if (maxSide < 1 || maxBytes < 1) {
            throw new IllegalArgumentException(
                    "limits must be at least 1 pixel and 1 byte, not " + maxSide + " and " + maxBytes);
        }
    }
}
