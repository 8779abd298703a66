package io.catwalk.network.environment;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Settings that TensorFlow 2.18 derives from environment variables and the processor, but doesn't expose. */
final class TensorFlowSettings {
    /** {@code tensorflow/core/util/port.cc}, IsMklEnabled. */
    private static final Set<String> ONEDNN_BY_DEFAULT =
            Set.of("avx512_vnni", "avx512_bf16", "avx_vnni", "amx_tile", "amx_int8", "amx_bf16");

    private TensorFlowSettings() {}

    /** {@code TF_ENABLE_ONEDNN_OPTS} if it is a boolean, else by the processor's features. */
    static boolean oneDnn(Map<String, String> environment, Processor processor) {
        return switch (environment.getOrDefault("TF_ENABLE_ONEDNN_OPTS", "").toLowerCase(Locale.ROOT)) {
            case "0", "false" -> false;
            case "1", "true" -> true;
            default -> processor.features().stream().anyMatch(ONEDNN_BY_DEFAULT::contains);
        };
    }

    /** {@code TF_NUM_INTRAOP_THREADS} if it is a positive number, else one for each usable processor. */
    static int threads(Map<String, String> environment, Processor processor) {
        return Optional.ofNullable(environment.get("TF_NUM_INTRAOP_THREADS"))
                .filter(value -> value.matches("[1-9][0-9]{0,5}"))
                .map(Integer::parseInt)
                .orElse(processor.usable());
    }
}
