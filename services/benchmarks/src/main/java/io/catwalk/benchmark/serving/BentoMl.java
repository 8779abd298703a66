package io.catwalk.benchmark.serving;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

import io.catwalk.benchmark.peer.PeerUnavailableException;
import io.catwalk.benchmark.peer.PythonEnvironment;
import io.catwalk.local.process.LocalPort;

/** BentoML with ONNX Runtime in one worker, with an asynchronous API and without logs of accesses and metrics. */
final class BentoMl {
    private static final int GIGABYTES = 2;

    private BentoMl() {}

    /**
     * Installs it on first use and starts it.
     *
     * @param sources the benchmarks' folder
     * @param cache for its environment and its log
     * @param threads of ONNX Runtime
     * @throws PeerUnavailableException when it can't be installed or doesn't become ready
     */
    static PeerServer start(Path sources, Path cache, Path onnxModel, int threads) {
        Path scripts = sources.resolve("src/main/python");
        Path python =
                new PythonEnvironment(cache.resolve("bentoml-venv")).with(scripts.resolve("bentoml.txt"), GIGABYTES);
        int port = LocalPort.free();
        ProcessBuilder builder = new ProcessBuilder(List.of(
                python.resolveSibling("bentoml").toString(),
                "serve",
                "bentoml_onnx:OnnxModel",
                "--working-dir",
                scripts.toString(),
                "--host",
                "127.0.0.1",
                "--port",
                Integer.toString(port)));
        builder.environment().put("ONNX_MODEL", onnxModel.toString());
        builder.environment().put("ONNX_THREADS", Integer.toString(threads));
        builder.environment().put("BENTOML_DO_NOT_TRACK", "True");
        try {
            return PeerServer.start(
                    builder, URI.create("http://127.0.0.1:" + port), "/readyz", cache.resolve("bentoml.log"));
        } catch (IOException e) {
            throw new PeerUnavailableException(e.getMessage(), e);
        }
    }
}
