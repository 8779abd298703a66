package io.catwalk.serving.protocol.image;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What a picture may cost to decode. */
@ConfigMapping(prefix = "catwalk.picture")
public interface PictureConfig {
    /** The largest width and the largest height, in pixels, as the picture's header tells them. */
    @WithDefault("4096")
    int maxSide();

    /** Pixels of all pictures that are decoded at the same time; a decoded pixel takes up to 8 bytes. */
    @WithDefault("16777216")
    int maxPixelsAtOnce();
}
