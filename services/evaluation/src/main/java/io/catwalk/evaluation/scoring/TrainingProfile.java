package io.catwalk.evaluation.scoring;

import io.catwalk.drift.ProfileBuilder;
import io.catwalk.drift.ReferenceProfile;

/** Makes the profile that serving compares its images with. */
public final class TrainingProfile {
    private TrainingProfile() {}

    /**
     * @param training the images that the weights were fitted to
     * @param validation the model's answers on images that they weren't
     */
    public static ReferenceProfile of(LabelledImages training, Predictions validation) {
        ProfileBuilder profile = new ProfileBuilder(training.count(), validation.classes());
        float[] values = new float[training.values()];
        for (int image = 0; image < training.count(); image++) {
            training.copy(image, values, 0);
            profile.add(values, training.label(image));
        }
        int[] predicted = new int[validation.classes()];
        for (int image = 0; image < validation.count(); image++) {
            predicted[validation.predicted(image)]++;
        }
        return profile.build(predicted);
    }
}
