package io.catwalk.training.device;

import java.util.Optional;
import java.util.function.Supplier;

import io.catwalk.network.environment.RuntimeEnvironment;

/** What this process trains on, found when it is first asked for: that loads TensorFlow. For any thread. */
public final class TrainingDevice {
    private static final String NO_GPU = """
            no GPU found: TensorFlow needs its GPU natives (the image's gpu flavour), CUDA 12, cuDNN 9 and a card that the \
            container may use; catwalk.training.device=auto trains on the CPU""";

    private final DevicePolicy policy;
    private final Supplier<RuntimeEnvironment> detect;
    private volatile Optional<RuntimeEnvironment> found = Optional.empty();

    public TrainingDevice(DevicePolicy policy, Supplier<RuntimeEnvironment> detect) {
        this.policy = policy;
        this.detect = detect;
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

    private synchronized RuntimeEnvironment detectOnce() {
        RuntimeEnvironment environment = found.orElseGet(detect);
        found = Optional.of(environment);
        return environment;
    }
}
