package io.catwalk.client;

import java.util.Collections;
import java.util.List;

/**
 * What serving predicts for images.
 *
 * @param version of the model that answered
 * @param predictions the probability of each class, 0 to 1, for each image in the request's order
 */
public record Probabilities(long version, List<List<Double>> predictions) {
    /** The most probable class of an image; both count from 0. */
    public int best(int image) {
        List<Double> classes = predictions.get(image);
        return classes.indexOf(Collections.max(classes));
    }
}
