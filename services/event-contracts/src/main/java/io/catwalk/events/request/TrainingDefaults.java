package io.catwalk.events.request;

import java.time.Duration;

/**
 * What a training request gets that leaves a field out, whatever its network. Epochs, batch size and learning rate are the
 * network's own then.
 */
public final class TrainingDefaults {
    public static final String NETWORK = "tutorial-cnn";
    /** What layers are called that a request brings without a name. */
    public static final String NETWORK_OF_LAYERS = "custom";

    public static final long SEED = 42;
    public static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(30);
    public static final boolean PUBLISH = true;

    private TrainingDefaults() {}
}
