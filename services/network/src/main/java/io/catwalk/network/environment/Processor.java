package io.catwalk.network.environment;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * This machine's processor, as Linux describes it.
 *
 * @param features those of {@link #FEATURES} that are present
 * @param usable processors on which this process may run
 */
record Processor(String model, List<String> features, int usable) {
    /** The features that decide which kernels TensorFlow and oneDNN take. */
    static final List<String> FEATURES = List.of(
            "avx2",
            "fma",
            "avx_vnni",
            "avx512f",
            "avx512_vnni",
            "avx512_bf16",
            "avx512_fp16",
            "amx_tile",
            "amx_int8",
            "amx_bf16");

    Processor {
        features = List.copyOf(features);
    }

    /**
     * Reads {@code /proc/cpuinfo} and {@code /proc/self/status}. What they lack is {@code unknown}, no feature, and
     * the number of processors that the JVM sees.
     */
    static Processor parse(String cpuInfo, String status) {
        Set<String> flags =
                new HashSet<>(Arrays.asList(value(cpuInfo, "flags").orElse("").split(" ")));
        return new Processor(
                value(cpuInfo, "model name").orElse("unknown"),
                FEATURES.stream().filter(flags::contains).toList(),
                value(status, "Cpus_allowed")
                        .map(Processor::bitsOf)
                        .orElseGet(() -> Runtime.getRuntime().availableProcessors()));
    }

    private static Optional<String> value(String text, String key) {
        return text.lines()
                .map(line -> line.split(":", 2))
                .filter(parts -> parts.length == 2 && parts[0].strip().equals(key))
                .map(parts -> parts[1].strip())
                .findFirst();
    }

    /** The number of bits set in a mask such as {@code 00000000,0000000f}. */
    private static int bitsOf(String mask) {
        return new BigInteger(mask.replace(",", ""), 16).bitCount();
    }
}
