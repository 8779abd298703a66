package io.catwalk.benchmark.step;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import io.catwalk.benchmark.round.Contestant;
import io.catwalk.network.Network;
import io.catwalk.network.training.Precision;

/**
 * Opens those that train.
 *
 * @param threads that each may use for one operation
 * @param sources the module's folder, which has the Python scripts
 * @param cache where the Python environment is made, and others log
 */
record Workshop(Network network, Batches batches, int threads, Path sources, Path cache) {
    private static final int KERAS_GIGABYTES = 3;
    private static final int PYTORCH_GIGABYTES = 10;

    Contestant catwalk() {
        return new InProcess("Catwalk", CatwalkTraining.of(network, Precision.FLOAT32), batches);
    }

    /** All that can take part here; why another can't is printed. */
    List<Contestant> others(Set<Peer> peers) {
        List<Contestant> others = new ArrayList<>();
        opened(
                        "Catwalk, bfloat16",
                        () -> inProcess("Catwalk, bfloat16", CatwalkTraining.of(network, Precision.BFLOAT16)))
                .ifPresent(others::add);
        for (Peer peer : peers) {
            open(peer, others);
        }
        return others;
    }

    private void open(Peer peer, List<Contestant> others) {
        switch (peer) {
            case NAIVE -> {
                others.add(inProcess("naive, two runs a step, tf.nn.maxPool", NaiveTraining.withFrameworkAdam()));
                others.add(inProcess("the same with Catwalk's fused Adam", NaiveTraining.withCatwalkAdam()));
            }
            case DJL -> opened("DJL", this::djl).ifPresent(others::add);
            case KERAS ->
                opened("Keras", () -> python("keras", KERAS_GIGABYTES)).ifPresent(others::add);
            case PYTORCH ->
                opened("PyTorch", () -> python("pytorch", PYTORCH_GIGABYTES)).ifPresent(others::add);
        }
    }

    private Contestant inProcess(String name, Training training) {
        return new InProcess(name, training, batches);
    }

    private Contestant djl() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return child(
                "djl",
                List.of(
                        java,
                        "-Xmx512m",
                        "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DjlMain.class.getName()));
    }

    private Contestant python(String name, int gigabytes) {
        Path scripts = sources.resolve("src/main/python");
        Path python =
                new PythonEnvironment(cache.resolve("bench-venv")).with(scripts.resolve(name + ".txt"), gigabytes);
        String script = scripts.resolve(name + "_steps.py").toString();
        return child(name, List.of(python.toString(), script));
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
