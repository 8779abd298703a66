package io.catwalk.network.environment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.tensorflow.TensorFlow;

/**
 * What the bits of trained weights depend on besides the request: equal environments give equal bits. Each run records it.
 *
 * @param cpu the processor's model, or {@code unknown}
 * @param cpuFeatures those present of the features that decide which kernels run, as Linux spells them
 * @param threads in TensorFlow's pool for one operation
 * @param oneDnn whether TensorFlow uses oneDNN's kernels
 * @param device where networks run: {@code CPU}, or {@code GPU:0 NVIDIA H100} where TensorFlow has one
 */
public record RuntimeEnvironment(
        String cpu, List<String> cpuFeatures, int threads, boolean oneDnn, String tensorFlowVersion, String device) {
    private static final String CPU = "CPU";
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final Path STATUS = Path.of("/proc/self/status");

    public RuntimeEnvironment {
        cpuFeatures = List.copyOf(cpuFeatures);
    }

    /** This process's environment. It queries TensorFlow for a GPU, which may take seconds the first time. */
    public static RuntimeEnvironment detect() {
        Processor processor = Processor.parse(read(CPU_INFO), read(STATUS));
        return of(processor, System.getenv(), TensorFlow.version(), Gpu.find().orElse(CPU));
    }

    public boolean hasGpu() {
        return !device.equals(CPU);
    }

    static RuntimeEnvironment of(
            Processor processor, Map<String, String> environment, String tensorFlowVersion, String device) {
        return new RuntimeEnvironment(
                processor.model(),
                processor.features(),
                TensorFlowSettings.threads(environment, processor),
                TensorFlowSettings.oneDnn(environment, processor),
                tensorFlowVersion,
                device);
    }

    /** The file's text; empty if there is no such file. */
    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
