package io.catwalk.client;

import java.util.Comparator;
import java.util.List;

/**
 * What serving says of a picture.
 *
 * @param version of the model that answered
 * @param digest the model's, as {@code sha256:...}
 * @param predictions of all classes
 */
public record Classification(long version, String digest, List<Prediction> predictions) {
    public Classification {
        predictions = List.copyOf(predictions);
    }

    public Prediction best() {
        return predictions.stream()
                .max(Comparator.comparingDouble(Prediction::probability))
                .orElseThrow();
    }

    /** The probability of a label, 0 to 1. */
    public record Prediction(String label, double probability) {}
}
