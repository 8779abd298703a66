package io.catwalk.serving.window;

import java.time.Duration;
import java.util.Optional;

import io.catwalk.serving.engine.FakeEngine;
import io.catwalk.serving.loading.LoadedModel;
import io.catwalk.serving.observation.AnsweredRequest;
import io.catwalk.serving.observation.Prediction;
import io.catwalk.serving.refusal.Refusal;

/** Requests as observers see them. */
public final class Requests {
    private Requests() {}

    /** One whose images were all found to be of the first class. */
    public static AnsweredRequest answered(LoadedModel model, int images) {
        float[] probabilities = new float[2 * images];
        for (int image = 0; image < images; image++) {
            probabilities[2 * image] = 0.9f;
            probabilities[2 * image + 1] = 0.1f;
        }
        Prediction prediction = new Prediction(
                new float[images * (int) FakeEngine.SHAPE.size()],
                images,
                probabilities,
                new Prediction.Timing(0, 0, 0, 0));
        return request(model, Optional.of(prediction), Optional.empty());
    }

    public static AnsweredRequest refused(LoadedModel model, Refusal refusal) {
        return request(model, Optional.empty(), Optional.of(refusal));
    }

    private static AnsweredRequest request(
            LoadedModel model, Optional<Prediction> prediction, Optional<Refusal> refusal) {
        return new AnsweredRequest(
                model.served(), "v1", name -> Optional.empty(), prediction, refusal, Duration.ofMillis(4));
    }
}
