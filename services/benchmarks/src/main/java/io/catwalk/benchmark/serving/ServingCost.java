package io.catwalk.benchmark.serving;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Supplier;

import com.google.protobuf.ByteString;
import io.catwalk.benchmark.peer.PeerUnavailableException;
import io.catwalk.benchmark.process.ServiceMetrics;
import io.catwalk.benchmark.result.BenchmarkResult;
import io.catwalk.client.PipelineClient;
import io.catwalk.dataset.ImageSet;
import io.catwalk.local.LocalStack;
import io.catwalk.local.TaskFailedException;
import io.catwalk.local.process.HttpReadiness;
import io.catwalk.local.process.Pause;
import io.catwalk.local.process.ProcessMemory;
import io.catwalk.network.Network;
import io.catwalk.network.export.onnx.OnnxExport;
import io.catwalk.network.inference.TensorLimits;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.preprocessing.Preprocessing;
import io.catwalk.network.preset.Presets;
import io.catwalk.network.training.Hyperparameters;
import io.catwalk.network.training.TrainingSession;
import io.catwalk.onnx.OnnxClassifier;
import io.catwalk.protocol.inference.GRPCInferenceServiceGrpc;
import io.catwalk.protocol.inference.ModelInferRequest;
import org.HdrHistogram.Histogram;

/**
 * What one image by HTTP costs beside the engine's own run, by protocol, and how many requests a second are answered; the same of
 * MLServer and BentoML with the same engine, model and image, and of a server that computes nothing. The load comes from another
 * process and shares the processor.
 */
public final class ServingCost {
    private static final String MODEL = "bench";
    private static final String JSON = "Content-Type: application/json";
    /** The whole body is the tensor. */
    private static final String BINARY = "Content-Type: application/octet-stream|Inference-Header-Content-Length: 0";

    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LONGEST_RUN = Duration.ofMinutes(10);
    private static final int ROUNDS = 3;
    private static final int SECONDS = 8;
    private static final int OPEN_SECONDS = 5;
    private static final int ENGINE_CALLS = 5000;
    /** Of one caller, in which every peer keeps up: requests meet an idle server, on a processor that sleeps in between. */
    private static final double SLOW_RATE = 300;
    /** Of one caller, in which a request still meets an idle server, but the processor sleeps less. */
    private static final double FAST_RATE = 1_000;

    private static final List<Integer> CALLERS = List.of(1, 16, 64);

    private final LocalStack stack;
    private final int threads;
    private final float[] image;

    /** @param threads of ONNX Runtime alone and in the peers, with which they answer one caller soonest; Catwalk has its default */
    public ServingCost(LocalStack stack, ImageSet test, int threads) {
        this.stack = stack;
        this.threads = threads;
        byte[] pixels = new byte[test.shape().bytes()];
        test.copyPixels(0, pixels, 0);
        this.image = Preprocessing.toUnit(pixels);
    }

    /** Measures on the stack, which is started; trains a model first unless the model {@code bench} is served. */
    public BenchmarkResult measure() {
        serveModel();
        Path onnx = onnxModel();
        List<String> lines = new ArrayList<>();
        try (OnnxClassifier engine = OnnxClassifier.load(onnx, threads, new TensorLimits(1, 1 << 30))) {
            long pid = stack.pid("serving");
            List<Target> targets = List.of(
                    target("Catwalk, v1 JSON", pid, "/v1/models/bench:predict", JSON, v1Json()),
                    target("Catwalk, v2 JSON", pid, "/v2/models/bench/infer", JSON, v2Json()),
                    target("Catwalk, v2 binary", pid, "/v2/models/bench/infer", BINARY, binary()),
                    grpc(pid));
            lines.addAll(engineLines(engine));
            lines.addAll(bareLines(engine));
            targets.forEach(target -> {
                lines.add(open(target, engine, SLOW_RATE));
                lines.add(open(target, engine, FAST_RATE));
                lines.addAll(closed(target));
            });
            lines.add("peak memory of serving %.0f MiB".formatted(ProcessMemory.peakMebibytes(pid)));
            lines.addAll(peers(onnx, engine));
        }
        return new BenchmarkResult(
                "Predicting one image, tutorial-cnn, ONNX Runtime; %d threads alone and in the peers"
                        .formatted(threads),
                lines);
    }

    private List<String> peers(Path onnx, OnnxClassifier engine) {
        Path root = stack.settings().root();
        Path sources = root.resolve("services/benchmarks");
        Path cache = root.resolve(".cache");
        List<String> lines = new ArrayList<>();
        lines.addAll(peer(
                "MLServer",
                () -> MlServer.start(sources, cache, onnx, threads),
                server -> server.target("MLServer, v2 JSON", "/v2/models/" + MlServer.MODEL + "/infer", JSON, v2Json()),
                engine));
        lines.addAll(peer(
                "BentoML",
                () -> BentoMl.start(sources, cache, onnx, threads),
                server -> server.target("BentoML, JSON", "/predict", JSON, arrayJson()),
                engine));
        return lines;
    }

    private List<String> peer(
            String name, Supplier<PeerServer> start, Function<PeerServer, Target> target, OnnxClassifier engine) {
        try (PeerServer peer = start.get()) {
            Target measured = target.apply(peer);
            List<String> lines = new ArrayList<>();
            lines.add(open(measured, engine, SLOW_RATE));
            lines.addAll(closed(measured));
            return lines;
        } catch (PeerUnavailableException e) {
            return List.of(name + " is left out: " + e.getMessage());
        }
    }

    private List<String> engineLines(OnnxClassifier engine) {
        List<String> lines = new ArrayList<>();
        lines.add("%-19s as fast as it answers: %s".formatted("the engine alone", latencies(runs(engine))));
        for (double rate : List.of(SLOW_RATE, FAST_RATE)) {
            lines.add("%-19s %,5.0f/s: %s".formatted("", rate, latencies(pacedRuns(engine, rate))));
        }
        lines.forEach(System.out::println);
        return lines;
    }

    private List<String> bareLines(OnnxClassifier engine) {
        try (BareServer server = BareServer.start()) {
            Target target = new Target(
                    "a bare server", ProcessHandle.current().pid(), server.address(), JSON, v2Json(), Optional.empty());
            return List.of(open(target, engine, SLOW_RATE), open(target, engine, FAST_RATE));
        }
    }

    /** One caller in turns with the engine alone. */
    private String open(Target target, OnnxClassifier engine, double rate) {
        List<Double> overheads = new ArrayList<>();
        List<Load> loads = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            double bare = millis(pacedRuns(engine, rate), 50);
            Load load = Load.open(target, 1, rate, OPEN_SECONDS);
            overheads.add(load.p50() - bare);
            loads.add(load);
        }
        Load middle = loads.stream()
                .sorted((a, b) -> Double.compare(a.p50(), b.p50()))
                .toList()
                .get(ROUNDS / 2);
        String line =
                "%-19s %,5.0f/s of one caller, open loop: p50 %.3f ms, %+.3f to the engine alone at this rate, p99 %.2f ms"
                        .formatted(target.name(), rate, middle.p50(), BenchmarkResult.median(overheads), middle.p99());
        System.out.println(line);
        return line;
    }

    /** Several callers, as fast as they are answered. */
    private static List<String> closed(Target target) {
        List<String> lines = new ArrayList<>();
        for (int callers : CALLERS) {
            Load load = Load.closed(target, callers, SECONDS);
            lines.add("%-19s %3d callers: %,.0f/s, p50 %.2f ms, p99 %.2f ms, %.0f us of the server's CPU a request%s"
                    .formatted(
                            "",
                            callers,
                            load.requestsPerSecond(),
                            load.p50(),
                            load.p99(),
                            load.cpuMicrosPerRequest(),
                            garbage(load)));
        }
        lines.forEach(System.out::println);
        return lines;
    }

    private static String garbage(Load load) {
        OptionalDouble kibibytes = load.garbageKibibytesPerRequest();
        return kibibytes.isPresent() ? ", %.1f KiB of garbage".formatted(kibibytes.getAsDouble()) : "";
    }

    /** The engine's own runs, called as fast as it answers. */
    private Histogram runs(OnnxClassifier engine) {
        Histogram histogram = new Histogram(3);
        for (int call = 0; call < ENGINE_CALLS; call++) {
            long started = System.nanoTime();
            engine.probabilities(image, 1);
            histogram.recordValue(System.nanoTime() - started);
        }
        return histogram;
    }

    /**
     * The engine's own runs at the times of the open loop, from when each was due: a processor that was idle meanwhile wakes up for it
     * as for a request, and its caches hold other things.
     */
    private Histogram pacedRuns(OnnxClassifier engine, double rate) {
        Histogram histogram = new Histogram(3);
        OpenLoop times = new OpenLoop(System.nanoTime(), 1e9 / rate);
        for (int call = 0; call < rate * OPEN_SECONDS; call++) {
            long due = times.await(call);
            engine.probabilities(image, 1);
            histogram.recordValue(System.nanoTime() - due);
        }
        return histogram;
    }

    private static String latencies(Histogram histogram) {
        return "p50 %.3f ms, p99 %.3f ms".formatted(millis(histogram, 50), millis(histogram, 99));
    }

    private static double millis(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1e6;
    }

    private void serveModel() {
        HttpReadiness served = new HttpReadiness(stack.serving().resolve("/v1/models/" + MODEL));
        if (served.isReady()) {
            return;
        }
        try (PipelineClient client = stack.client()) {
            client.requestRun(
                    "{\"runId\":\"bench-serving\",\"dataset\":\"fashion-mnist\",\"model\":\"%s\",\"epochs\":1}"
                            .formatted(MODEL));
        }
        long giveUp = System.nanoTime() + LONGEST_RUN.toNanos();
        while (!served.isReady()) {
            stack.failure().ifPresent(failure -> {
                throw failure;
            });
            if (System.nanoTime() > giveUp) {
                throw new TaskFailedException("the model isn't served after " + LONGEST_RUN);
            }
            Pause.of(POLL);
        }
    }

    /** The served network; its time doesn't depend on its weights. */
    private static Path onnxModel() {
        Network network = Presets.named("tutorial-cnn").orElseThrow().network(new ImageShape(28, 28, 1), 10);
        try (TrainingSession session = TrainingSession.open(network, Hyperparameters.tutorial(), 42)) {
            return Files.write(
                    Files.createTempDirectory("bench-model").resolve("model.onnx"),
                    OnnxExport.model(network, session.weights()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Target target(String name, long pid, String path, String headers, byte[] body) {
        return new Target(
                name,
                pid,
                stack.serving().resolve(path),
                headers,
                body,
                Optional.of(new ServiceMetrics(stack.management("serving"))));
    }

    private Target grpc(long pid) {
        URI address = URI.create("grpc://%s:%d/%s"
                .formatted(
                        stack.serving().getHost(),
                        stack.settings().ports().servingGrpc(),
                        GRPCInferenceServiceGrpc.getModelInferMethod().getFullMethodName()));
        return new Target(
                "Catwalk, v2 gRPC",
                pid,
                address,
                "",
                v2Message(),
                Optional.of(new ServiceMetrics(stack.management("serving"))));
    }

    private byte[] v2Message() {
        return ModelInferRequest.newBuilder()
                .setModelName(MODEL)
                .addInputs(ModelInferRequest.InferInputTensor.newBuilder()
                        .setName("images")
                        .setDatatype("FP32")
                        .addAllShape(List.of(1L, 28L, 28L, 1L)))
                .addRawInputContents(ByteString.copyFrom(binary()))
                .build()
                .toByteArray();
    }

    private byte[] v1Json() {
        return utf8("{\"instances\":[" + Arrays.toString(image) + "]}");
    }

    private byte[] v2Json() {
        return utf8("{\"inputs\":[{\"name\":\"images\",\"shape\":[1,28,28,1],\"datatype\":\"FP32\",\"data\":%s}]}"
                .formatted(Arrays.toString(image)));
    }

    private byte[] arrayJson() {
        return utf8("{\"image\":" + Arrays.toString(image) + "}");
    }

    private byte[] binary() {
        ByteBuffer bytes = ByteBuffer.allocate(image.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(image);
        return bytes.array();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
