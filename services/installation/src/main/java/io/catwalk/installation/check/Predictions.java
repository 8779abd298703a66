package io.catwalk.installation.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.dataset.ImageSet;

/** What serving answered, beside the truth. */
final class Predictions {
    private Predictions() {}

    /**
     * How many images got the highest probability for their own class.
     *
     * @param predictions an array of probabilities for each image, in order
     */
    static int right(JsonNode predictions, ImageSet images) {
        int right = 0;
        for (int image = 0; image < images.count(); image++) {
            if (highest(predictions.path(image)) == images.label(image)) {
                right++;
            }
        }
        return right;
    }

    private static int highest(JsonNode probabilities) {
        int highest = 0;
        for (int i = 1; i < probabilities.size(); i++) {
            if (probabilities.path(i).asDouble() > probabilities.path(highest).asDouble()) {
                highest = i;
            }
        }
        return highest;
    }
}
