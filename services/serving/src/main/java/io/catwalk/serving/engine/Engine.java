package io.catwalk.serving.engine;

/** A loaded model. Threads may run it concurrently, but not after {@link #close}. */
public interface Engine extends AutoCloseable {
    EngineKind kind();

    Signature signature();

    /** Loads it if it isn't loaded, so that the next {@link #run} needn't. */
    default void load() {}

    /**
     * Classifies a batch.
     *
     * @param images {@code count} images of the signature's shape, one after the other, each value from 0 to 1
     * @return {@code count * classes} probabilities, image by image
     */
    float[] run(float[] images, int count);

    /** Frees the native memory; a second call does nothing. */
    @Override
    void close();
}
