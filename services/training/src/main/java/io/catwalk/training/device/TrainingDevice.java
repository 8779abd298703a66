package io.catwalk.training.device;

import java.util.Optional;
import java.util.function.Supplier;

import io.catwalk.dataset.ImageSet;
import io.catwalk.network.Network;
import io.catwalk.network.environment.RuntimeEnvironment;
import io.catwalk.network.training.Hyperparameters;
import io.catwalk.network.training.ImageSource;
import io.catwalk.network.training.TrainingSession;

/** What this process trains on, found at the first call: that loads TensorFlow. For any thread. */
public final class TrainingDevice {
    private static final String NO_GPU = """
            no GPU found: TensorFlow needs its GPU natives (the image's gpu flavour), CUDA 12, cuDNN 9 and a card that the \
            container may use; catwalk.training.device=auto trains on the CPU""";

    private static final int MOST_STEPS = 64;

    private final DevicePolicy policy;
    private final Residence residence;
    private final Supplier<RuntimeEnvironment> detect;
    private volatile Optional<RuntimeEnvironment> found = Optional.empty();

    public TrainingDevice(DevicePolicy policy, Residence residence, Supplier<RuntimeEnvironment> detect) {
        this.policy = policy;
        this.residence = residence;
        this.detect = detect;
    }

    /**
     * How training splits are kept.
     *
     * @param stepsPerCall where they are resident
     */
    public record Residence(ResidencePolicy policy, int stepsPerCall) {
        public Residence {
            if (stepsPerCall < 1 || stepsPerCall > MOST_STEPS) {
                throw new IllegalArgumentException(
                        "catwalk.training.steps-per-call is %d, must be 1 to %d".formatted(stepsPerCall, MOST_STEPS));
            }
        }
    }

    /**
     * A session to train on a split, which it keeps on the device where that is so configured and it is small enough.
     *
     * @throws IllegalArgumentException when network and hyperparameters don't fit each other or this machine
     */
    public TrainingSession open(Network network, Hyperparameters hyperparameters, long seed, ImageSet train) {
        return keeps() && TrainingSession.canReside(network.input(), train.count())
                ? TrainingSession.resident(
                        network, hyperparameters, seed, new TrainingImages(train), residence.stepsPerCall())
                : TrainingSession.open(network, hyperparameters, seed);
    }

    public RuntimeEnvironment environment() {
        Optional<RuntimeEnvironment> known = found;
        return known.isPresent() ? known.get() : detectOnce();
    }

    /** Why this process may not train. */
    public Optional<String> refusal() {
        return switch (policy) {
            case AUTO -> Optional.empty();
            case GPU -> environment().hasGpu() ? Optional.empty() : Optional.of(NO_GPU);
        };
    }

    private boolean keeps() {
        return switch (residence.policy()) {
            case AUTO -> environment().hasGpu();
            case ALWAYS -> true;
            case NEVER -> false;
        };
    }

    private synchronized RuntimeEnvironment detectOnce() {
        RuntimeEnvironment environment = found.orElseGet(detect);
        found = Optional.of(environment);
        return environment;
    }

    /** A split as sessions take it. */
    private record TrainingImages(ImageSet set) implements ImageSource {
        @Override
        public int count() {
            return set.count();
        }

        @Override
        public int label(int image) {
            return set.label(image);
        }

        @Override
        public void copyPixels(int image, byte[] target, int offset) {
            set.copyPixels(image, target, offset);
        }
    }
}
