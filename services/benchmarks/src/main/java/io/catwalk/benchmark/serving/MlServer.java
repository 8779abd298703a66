package io.catwalk.benchmark.serving;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.catwalk.benchmark.peer.PeerUnavailableException;
import io.catwalk.benchmark.peer.PythonEnvironment;
import io.catwalk.local.process.HttpReadiness;
import io.catwalk.local.process.LocalPort;
import io.catwalk.local.process.Pause;

/** MLServer with ONNX Runtime in one process, without its pool of workers, which a single model needn't pass through. */
final class MlServer implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration READY_WITHIN = Duration.ofMinutes(1);
    private static final int GIGABYTES = 2;
    private static final String MODEL = "bench";
    private static final String JSON = "Content-Type: application/json";

    private final Process process;
    private final URI address;

    private MlServer(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Installs it on first use and starts it.
     *
     * @param sources the benchmarks' folder
     * @param cache for its environment, its settings and its log
     * @param threads of ONNX Runtime
     * @throws PeerUnavailableException when it can't be installed or doesn't become ready
     */
    static MlServer start(Path sources, Path cache, Path onnxModel, int threads) {
        Path scripts = sources.resolve("src/main/python");
        Path python =
                new PythonEnvironment(cache.resolve("mlserver-venv")).with(scripts.resolve("mlserver.txt"), GIGABYTES);
        try {
            Path folder = Files.createDirectories(cache.resolve("mlserver"));
            int port = LocalPort.free();
            Files.writeString(folder.resolve("settings.json"), """
                    {"http_port": %d, "grpc_port": %d, "metrics_port": %d, "host": "127.0.0.1", "debug": false, "parallel_workers": 0}
                    """.formatted(port, LocalPort.free(), LocalPort.free()));
            Files.writeString(folder.resolve("model-settings.json"), """
                    {"name": "%s", "implementation": "mlserver_onnx.OnnxModel", "parameters": {"uri": "%s"}}
                    """.formatted(MODEL, onnxModel));
            Path log = cache.resolve("mlserver.log");
            ProcessBuilder builder = new ProcessBuilder(
                            python.resolveSibling("mlserver").toString(), "start", folder.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put("PYTHONPATH", scripts.toString());
            builder.environment().put("ONNX_THREADS", Integer.toString(threads));
            MlServer server = new MlServer(builder.start(), URI.create("http://127.0.0.1:" + port));
            server.awaitReady(log);
            return server;
        } catch (IOException e) {
            throw new PeerUnavailableException(e.getMessage(), e);
        }
    }

    Target target(byte[] v2Json) {
        return new Target(
                "MLServer, v2 JSON", process.pid(), address.resolve("/v2/models/" + MODEL + "/infer"), JSON, v2Json);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitReady(Path log) {
        HttpReadiness readiness = new HttpReadiness(address.resolve("/v2/models/" + MODEL + "/ready"));
        long giveUp = System.nanoTime() + READY_WITHIN.toNanos();
        while (!readiness.isReady()) {
            if (!process.isAlive() || System.nanoTime() > giveUp) {
                close();
                throw new PeerUnavailableException("it isn't ready, see " + log);
            }
            Pause.of(POLL);
        }
    }
}
