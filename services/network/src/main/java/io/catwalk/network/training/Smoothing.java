package io.catwalk.network.training;

/**
 * Target probabilities with label smoothing: the label has {@code 1 - spread}, and {@code spread} is divided among all classes.
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
