package io.catwalk.serving.protocol.image;

import java.util.OptionalLong;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The limits of decoding pictures. */
@ConfigMapping(prefix = "catwalk.picture")
public interface PictureConfig {
    /** The largest width and the largest height, in pixels, by the picture's header. */
    @WithDefault("4096")
    int maxSide();

    /**
     * Bytes that all pictures that are decoded at the same time may take, at 1 to 8 a pixel, a WebP 64 more; a picture that takes more is
     * refused with 413, one that exceeds the rest with 429. A quarter of the heap if it isn't given.
     */
    OptionalLong maxBytesAtOnce();
}
