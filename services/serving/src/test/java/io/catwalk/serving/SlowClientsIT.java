package io.catwalk.serving;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;

import com.google.protobuf.ByteString;
import io.catwalk.local.process.LocalPort;
import io.catwalk.local.process.ProcessMemory;
import io.catwalk.protocol.inference.GRPCInferenceServiceGrpc;
import io.catwalk.protocol.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.catwalk.protocol.inference.ModelInferRequest;
import io.catwalk.protocol.inference.ModelInferRequest.InferInputTensor;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that are slow, silent or gone: the honest ones are answered, and nothing is left of the others. */
class SlowClientsIT extends RunningServing {
    private static final int AT_ONCE = 40;
    private static final long SEED = 11;
    private static final int IMAGES = 32;
    /** Most of the honest callers' latencies, while others take the machine's cores too; who is held up waits for timeouts of 1 s. */
    private static final Duration MOST_MEDIAN = Duration.ofMillis(400);

    private static final double MOST_GROWTH = 1.15;
    private static final String ANSWERED = "HTTP/1.1 200";
    /** Connections that the service opens by itself now and then. */
    private static final int FEW = 4;

    private final int grpcPort = LocalPort.free();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final Queue<Long> latencies = new ConcurrentLinkedQueue<>();

    @Override
    Map<String, String> settings() {
        return Map.of(
                "CATWALK_GRPC_PORT",
                Integer.toString(grpcPort),
                "CATWALK_HTTP_BODY_TIMEOUT",
                "1s",
                "QUARKUS_THREAD_POOL_KEEP_ALIVE_TIME",
                "1s");
    }

    @Tag("fault-27")
    @Test
    void dontHinderOthersAndLeaveNothingBehind() throws Exception {
        misbehave(400);
    }

    @Tag("fault-27")
    @Tag("soak")
    @Test
    void manyLeaveNothingBehind() throws Exception {
        misbehave(5_000);
    }

    private void misbehave(int clients) throws Exception {
        broker = startBroker();
        service.awaitReady();
        promote(1, publish(1, 0), 1);
        awaitVersion(1);
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", grpcPort)
                .usePlaintext()
                .build();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Callers http = new Callers()) {
            List<Future<Void>> honest = List.of(
                    threads.submit(() ->
                            untilTheEnd(() -> http.call(service.at("/v1/models/fashion:predict"), BODY, Map.of()))),
                    threads.submit(() -> untilTheEnd(callOver(channel))));
            try {
                run(clients / 4);
                awaitNothingHeld();
                Held before = Held.by(service.pid());
                run(clients);
                awaitNothingHeld();
                await().atMost(TIMEOUT)
                        .untilAsserted(() -> assertThat(Held.by(service.pid()))
                                .as("after %d clients; before them %s", clients, before)
                                .matches(after -> after.descriptors <= before.descriptors + FEW)
                                .matches(after -> after.threads <= before.threads + FEW)
                                .matches(after -> after.mebibytes < before.mebibytes * MOST_GROWTH));
                System.out.printf(
                        "%d slow clients; before %s, after %s; %d honest requests, p99 %d ms%n",
                        clients,
                        before,
                        Held.by(service.pid()),
                        latencies.size(),
                        latency(99).toMillis());
            } finally {
                ending.set(true);
            }
            for (Future<Void> caller : honest) {
                caller.get();
            }
            assertThat(http.status(200)).isEqualTo(http.all()).isGreaterThan(20);
        } finally {
            channel.shutdownNow();
        }
        assertThat(latency(50)).isLessThan(MOST_MEDIAN);
    }

    /**
     * 150 answers of some 4 MB are more than the heap of 256 MB. A client reads the status of its answer, so that the
     * next one's images, and those of the honest, find room in the queue.
     */
    @Tag("fault-27")
    @Test
    void answersThatNobodyReadsExhaustNoHeap() throws Exception {
        broker = startBroker();
        service.awaitReady();
        promote(1, publish(1, 0), 1);
        awaitVersion(1);
        byte[] request = SlowHttpClient.request(1_024, 16);
        List<Socket> silent = new ArrayList<>();
        try {
            for (int client = 0; client < 150; client++) {
                Socket socket = new Socket();
                silent.add(socket);
                socket.setReceiveBufferSize(1 << 12);
                socket.connect(
                        new InetSocketAddress("127.0.0.1", service.at("/").getPort()));
                socket.getOutputStream().write(request);
                assertThat(socket.getInputStream().readNBytes(ANSWERED.length()))
                        .asString(US_ASCII)
                        .isEqualTo(ANSWERED);
                if (client % 10 == 0) {
                    assertThat(predicted()).isEqualTo(STRIP);
                }
            }
            awaitNothingHeld();
            assertThat(predicted()).isEqualTo(STRIP);
            assertThat(service.failure()).isEmpty();
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    private void run(int clients) throws Exception {
        byte[] request = SlowHttpClient.request(IMAGES, 16);
        ModelInferRequest message = message(IMAGES);
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Callable<Void>> calls = new ArrayList<>();
            for (int client = 0; client < clients; client++) {
                RandomGenerator random =
                        RandomGeneratorFactory.of("L64X128MixRandom").create(SEED + client);
                SlowHttpClient overHttp = SlowHttpClient.values()[client / 2 % SlowHttpClient.values().length];
                SlowGrpcClient overGrpc = SlowGrpcClient.values()[client / 2 % SlowGrpcClient.values().length];
                boolean http = client % 2 == 0;
                calls.add(() -> {
                    if (http) {
                        overHttp.call(service.at("/").getPort(), request, random);
                    } else {
                        overGrpc.call(grpcPort, message, random);
                    }
                    return null;
                });
            }
            for (Future<Void> call : threads.invokeAll(calls)) {
                call.get();
            }
        }
    }

    private Void untilTheEnd(Callable<?> call) throws Exception {
        while (!ending.get()) {
            long started = System.nanoTime();
            call.call();
            latencies.add(System.nanoTime() - started);
            SlowHttpClient.pause(5);
        }
        return null;
    }

    /** A call that throws unless it is answered. */
    private static Callable<?> callOver(ManagedChannel channel) {
        GRPCInferenceServiceBlockingStub stub = GRPCInferenceServiceGrpc.newBlockingStub(channel);
        return () -> stub.modelInfer(message(1));
    }

    private static ModelInferRequest message(int images) {
        return ModelInferRequest.newBuilder()
                .setModelName("fashion")
                .addInputs(InferInputTensor.newBuilder()
                        .setName("images")
                        .setDatatype("UINT8")
                        .addShape(images)
                        .addShape(784))
                .addRawInputContents(ByteString.copyFrom(new byte[images * 784]))
                .build();
    }

    private Duration latency(int percentile) {
        return Duration.ofNanos(latencies.stream()
                .sorted()
                .skip((long) latencies.size() * percentile / 100)
                .findFirst()
                .orElseThrow());
    }

    /** No memory for bodies, and no place but those of the honest. */
    private void awaitNothingHeld() {
        await().atMost(TIMEOUT).untilAsserted(() -> {
            assertThat(metric("catwalk_http_body_memory_bytes").findFirst().orElseThrow())
                    .isLessThan(1 << 15);
            assertThat(metric("catwalk_http_requests_active").findFirst().orElseThrow())
                    .isLessThanOrEqualTo(2);
        });
    }

    /** What a process holds. */
    private record Held(long descriptors, long threads, double mebibytes) {
        static Held by(long pid) {
            Path process = Path.of("/proc", Long.toString(pid));
            return new Held(
                    entries(process.resolve("fd")),
                    entries(process.resolve("task")),
                    ProcessMemory.residentMebibytes(pid));
        }

        private static long entries(Path folder) {
            try (Stream<Path> all = Files.list(folder)) {
                return all.count();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
