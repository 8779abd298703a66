package io.catwalk.evaluation.rollout.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.catwalk.evaluation.rollout.judgement.Rate;
import io.catwalk.evaluation.scoring.Predictions;
import io.catwalk.evaluation.scoring.UnusablePredictionsException;
import io.catwalk.network.inference.Classifier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a candidate makes of logged requests. Not thread-safe. */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    /** Of one inference, so that what fails once is no fault of the model. */
    private static final int TRIES = 2;

    private final Classifier model;
    private final int batchSize;
    private final List<Rate> disagreements = new ArrayList<>();
    private Optional<String> failure = Optional.empty();
    private long ofOtherShape;

    /** @param batchSize images of one inference */
    Answers(Classifier model, int batchSize) {
        this.model = model;
        this.batchSize = batchSize;
    }

    void add(LoggedRequest request) {
        if (!request.signature().equals(model.signature())) {
            ofOtherShape++;
            return;
        }
        try {
            disagreements.add(answer(request));
        } catch (UnusablePredictionsException e) {
            failure = Optional.of("it fails on the logged request " + request.place() + ": " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.warn("the logged request {} can't be answered again", request.place(), e);
            failure = Optional.of(
                    "it fails on the logged request " + request.place() + "; the log of evaluation says why");
        }
    }

    private Rate answer(LoggedRequest request) {
        Rate disagreements = Rate.NONE;
        for (int first = 0; first < request.count(); first += batchSize) {
            Predictions predicted = predict(request, first, Math.min(batchSize, request.count() - first));
            int different = 0;
            for (int image = 0; image < predicted.count(); image++) {
                different += predicted.isCorrect(image) ? 0 : 1;
            }
            disagreements = disagreements.plus(new Rate(different, predicted.count()));
        }
        return disagreements;
    }

    /** @throws UnusablePredictionsException when the answer isn't one distribution over the classes for each image */
    private Predictions predict(LoggedRequest request, int first, int count) {
        for (int tries = 1; ; tries++) {
            try {
                float[] probabilities = model.probabilities(request.images(first, count), count);
                return new Predictions(model.signature().classes(), probabilities, request.classes(first, count));
            } catch (RuntimeException e) {
                if (tries == TRIES) {
                    throw e;
                }
                LOG.warn("an inference for the logged request {} failed; trying again", request.place(), e);
            }
        }
    }

    /** Images of each request that got another class than stable gave them, in the order of the requests. */
    List<Rate> disagreements() {
        return List.copyOf(disagreements);
    }

    /** Why the last request couldn't be answered. */
    Optional<String> failure() {
        return failure;
    }

    /** Requests for a model of another signature. */
    long ofOtherShape() {
        return ofOtherShape;
    }
}
