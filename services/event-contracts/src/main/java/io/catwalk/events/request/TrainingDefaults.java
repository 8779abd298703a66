package io.catwalk.events.request;

import java.time.Duration;

/**
 * What a training request gets that leaves a field out: the settings of DataCamp's tutorial "Convolutional Neural
 * Networks with TensorFlow".
 */
public final class TrainingDefaults {
    public static final String NETWORK = "tutorial-cnn";
    public static final int EPOCHS = 200;
    public static final int BATCH_SIZE = 128;
    public static final double LEARNING_RATE = 0.001;
    public static final long SEED = 42;
    public static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(30);
    public static final boolean PUBLISH = true;

    private TrainingDefaults() {}
}
