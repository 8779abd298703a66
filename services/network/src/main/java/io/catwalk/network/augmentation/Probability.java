package io.catwalk.network.augmentation;

/** The check of an augmentation's probability. */
final class Probability {
    private Probability() {}

    static void require(float probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability must be at least 0 and at most 1, not " + probability);
        }
    }
}
