package io.catwalk.network.training;

/**
 * What the classes of one image should have: its label all but the spread part, and each class its share of that.
 *
 * @param spread 0 for plain one-hot labels
 */
record Smoothing(int classes, float spread) {
    static Smoothing none(int classes) {
        return new Smoothing(classes, 0);
    }

    float ofLabel() {
        return 1 - spread + spread / classes;
    }

    float ofOthers() {
        return spread / classes;
    }
}
