package io.catwalk.network.layer;

/** The check that a layer's input is an image. */
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
