package io.catwalk.network.layer;

/** The demand of some layers for rows and columns. */
final class Images {
    private Images() {}

    static ImageShape required(FeatureShape input) {
        return switch (input) {
            case ImageShape image -> image;
            case VectorShape vector ->
                throw new IllegalArgumentException(
                        "needs an image, but gets a vector of %s: put it before the Flatten".formatted(vector));
        };
    }
}
