package io.catwalk.network.training;

import java.util.function.Supplier;

import io.catwalk.network.environment.RuntimeEnvironment;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GPUOptions;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;

/** The floating-point type of the layers' arithmetic. Weights, updates and exports are always float32. */
public enum Precision {
    FLOAT32,
    /** bfloat16 where TensorFlow's list of oneDNN operations has it, float32 elsewhere: faster, with other bits. */
    BFLOAT16;

    /**
     * Refuses a precision that this machine only emulates, ten times slower.
     *
     * @param machine called only if needed, as it takes a while
     * @throws IllegalArgumentException naming what the processor lacks
     */
    void requireSupport(Supplier<RuntimeEnvironment> machine) {
        if (this == FLOAT32) {
            return;
        }
        RuntimeEnvironment environment = machine.get();
        if (!hasBfloat16(environment)) {
            throw new IllegalArgumentException(
                    "precision is bfloat16, must be float32 on this processor (%s): it has neither avx512_bf16 nor amx_bf16"
                            .formatted(environment.cpu()));
        }
        if (!environment.oneDnn()) {
            throw new IllegalArgumentException(
                    "precision is bfloat16, must be float32 without oneDNN: set TF_ENABLE_ONEDNN_OPTS=1 for it");
        }
    }

    /** Whether this machine has instructions for it. */
    public boolean isNative(RuntimeEnvironment machine) {
        return this == FLOAT32 || (hasBfloat16(machine) && machine.oneDnn());
    }

    private static boolean hasBfloat16(RuntimeEnvironment machine) {
        return machine.cpuFeatures().contains("avx512_bf16")
                || machine.cpuFeatures().contains("amx_bf16");
    }

    ConfigProto sessionConfig() {
        return switch (this) {
            case FLOAT32 -> sharing().build();
            case BFLOAT16 ->
                sharing()
                        .setGraphOptions(GraphOptions.newBuilder()
                                .setRewriteOptions(RewriterConfig.newBuilder()
                                        .setAutoMixedPrecisionOnednnBfloat16(RewriterConfig.Toggle.ON)))
                        .build();
        };
    }

    /** Allocates GPU memory as needed, as another process, such as an evaluation, may need some too. */
    private static ConfigProto.Builder sharing() {
        return ConfigProto.newBuilder().setGpuOptions(GPUOptions.newBuilder().setAllowGrowth(true));
    }
}
