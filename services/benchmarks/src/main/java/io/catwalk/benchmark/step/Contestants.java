package io.catwalk.benchmark.step;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.catwalk.benchmark.peer.PeerUnavailableException;
import io.catwalk.benchmark.peer.PythonEnvironment;
import io.catwalk.benchmark.round.Contestant;
import io.catwalk.benchmark.step.DjlTraining.Layout;
import io.catwalk.network.Network;
import io.catwalk.network.training.Precision;

/**
 * Opens the contestants of training steps.
 *
 * @param threads that each may use for one operation
 * @param sources the module's folder, which has the Python scripts
 * @param cache for the Python environment and logs
 */
record Contestants(Network network, Batches batches, int threads, Path sources, Path cache) {
    private static final int KERAS_GIGABYTES = 3;
    private static final int PYTORCH_GIGABYTES = 10;
    private static final List<String> KERAS_VARIANTS = List.of("fit", "fit by 20 steps", "compiled step");
    private static final List<String> PYTORCH_VARIANTS = List.of("eager", "channels last");

    /** Catwalk in this precision, where this machine has instructions for it. */
    Optional<Contestant> catwalk(Precision precision) {
        String name = precision == Precision.FLOAT32 ? "Catwalk" : "Catwalk, " + word(precision);
        return opened(name, () -> inProcess(name, CatwalkTraining.of(network, precision)));
    }

    /**
     * All forms of a peer that run here; prints why others can't. The fastest form is the peer's result, as its experts would
     * use that one.
     */
    List<Contestant> forms(Peer peer, Precision precision) {
        return switch (peer) {
            case NAIVE -> precision == Precision.FLOAT32 ? naive() : List.of();
            case DJL ->
                precision == Precision.FLOAT32
                        ? Stream.of(Layout.values())
                                .flatMap(layout -> opened("DJL, " + layout.words(), () -> djl(layout)).stream())
                                .toList()
                        : List.of();
            case KERAS -> python("keras", KERAS_GIGABYTES, precision, KERAS_VARIANTS);
            case PYTORCH -> python("pytorch", PYTORCH_GIGABYTES, precision, PYTORCH_VARIANTS);
        };
    }

    private static String word(Precision precision) {
        return precision.name().toLowerCase(Locale.ROOT);
    }

    private List<Contestant> naive() {
        return List.of(
                inProcess("naive, two runs a step, tf.nn.maxPool", NaiveTraining.withFrameworkAdam()),
                inProcess("the same with Catwalk's fused Adam", NaiveTraining.withCatwalkAdam()));
    }

    private Contestant inProcess(String name, Training training) {
        return new InProcess(name, training, batches);
    }

    private Contestant djl(Layout layout) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return child(
                "djl-" + layout.words().replace(' ', '-'),
                List.of(
                        java,
                        "-Xmx512m",
                        "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DjlMain.class.getName(),
                        layout.name()));
    }

    private List<Contestant> python(String name, int gigabytes, Precision precision, List<String> variants) {
        return variants.stream()
                .flatMap(variant ->
                        opened(name + ", " + variant, () -> python(name, gigabytes, precision, variant)).stream())
                .toList();
    }

    private Contestant python(String name, int gigabytes, Precision precision, String variant) {
        Path scripts = sources.resolve("src/main/python");
        Path python =
                new PythonEnvironment(cache.resolve("bench-venv")).with(scripts.resolve(name + ".txt"), gigabytes);
        String script = scripts.resolve(name + "_steps.py").toString();
        String format = word(precision);
        return child(
                String.join("-", name, format, variant.replace(' ', '-')),
                List.of(python.toString(), script, "--precision", format, "--variant", variant));
    }

    private Contestant child(String name, List<String> command) {
        return ChildTraining.start(command, batches, threads, cache.resolve("bench-" + name + ".log"));
    }

    private static Optional<Contestant> opened(String name, Supplier<Contestant> opening) {
        try {
            return Optional.of(opening.get());
        } catch (PeerUnavailableException | IllegalArgumentException e) {
            System.out.println(name + " is left out: " + e.getMessage());
            return Optional.empty();
        }
    }
}
