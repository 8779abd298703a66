package io.catwalk.evaluation.scoring;

/** A classifier's answers aren't probabilities, as those of a model whose weights are NaN: the model is at fault. */
public final class UnusablePredictionsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnusablePredictionsException(String message) {
        super(message);
    }
}
