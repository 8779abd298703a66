package io.catwalk.evaluation.scoring;

/** A classifier's output isn't probabilities, for example as its weights are NaN: the model is unusable. */
public final class UnusablePredictionsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnusablePredictionsException(String message) {
        super(message);
    }
}
