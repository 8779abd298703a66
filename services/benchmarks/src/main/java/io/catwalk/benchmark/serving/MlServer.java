package io.catwalk.benchmark.serving;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

import io.catwalk.benchmark.peer.PeerUnavailableException;
import io.catwalk.benchmark.peer.PythonEnvironment;
import io.catwalk.local.process.LocalPort;

/** MLServer with ONNX Runtime in one process, without its pool of workers, which a single model needn't pass through. */
final class MlServer {
    /** The model's name. */
    static final String MODEL = "bench";

    private static final int GIGABYTES = 2;

    private MlServer() {}

    /**
     * Installs it on first use and starts it.
     *
     * @param sources the benchmarks' folder
     * @param cache for its environment, its settings and its log
     * @param threads of ONNX Runtime
     * @throws PeerUnavailableException when it can't be installed or doesn't become ready
     */
    static PeerServer start(Path sources, Path cache, Path onnxModel, int threads) {
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
            ProcessBuilder builder =
                    new ProcessBuilder(python.resolveSibling("mlserver").toString(), "start", folder.toString());
            builder.environment().put("PYTHONPATH", scripts.toString());
            builder.environment().put("ONNX_THREADS", Integer.toString(threads));
            return PeerServer.start(
                    builder, URI.create("http://127.0.0.1:" + port), "/v2/models/" + MODEL + "/ready", log);
        } catch (IOException e) {
            throw new PeerUnavailableException(e.getMessage(), e);
        }
    }
}
