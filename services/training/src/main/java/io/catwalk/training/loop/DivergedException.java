package io.catwalk.training.loop;

/** The loss became NaN or infinite: no later step could recover. */
public final class DivergedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final long step;

    DivergedException(double loss, long step, double learningRate) {
        super("the loss became %s in step %d, with learning rate %s".formatted(loss, step, learningRate));
        this.step = step;
    }

    /** From 1. */
    public long step() {
        return step;
    }
}
