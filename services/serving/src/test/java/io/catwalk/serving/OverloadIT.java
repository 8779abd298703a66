package io.catwalk.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.catwalk.local.process.LocalPort;
import io.catwalk.local.process.ProcessTime;
import io.catwalk.objectstore.Blobs;
import io.catwalk.serving.load.Load;
import io.catwalk.serving.load.Load.Requests;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * More requests than the server can answer: it answers as many as it can, and refuses the others at once.
 *
 * <p>Batches run on one thread, so that the load, another process, has the machine's second core. What both take is printed. Where
 * others take the cores too, as in {@code make test}, the answers for a second of the server's processor time tell more than those for
 * a second.
 */
class OverloadIT extends RunningServing {
    private static final Duration DEADLINE = Duration.ofSeconds(2);
    private static final int IMAGES = 4;
    /** Enough to keep the batches full. */
    private static final int CALLERS = 24;

    private final int grpcPort = LocalPort.free();

    @Tag("fault-26")
    @ParameterizedTest(name = "{0} over {1}")
    @CsvSource({"onnx, HTTP", "tensorflow, GRPC"})
    void doesNotCollapse(String engine, String protocol) throws IOException {
        overload(engine, protocol, Bounds.OF_A_COLLAPSE);
    }

    @Tag("fault-26")
    @Tag("soak")
    @ParameterizedTest(name = "{0} over {1}")
    @CsvSource({"onnx, HTTP", "tensorflow, GRPC", "onnx, GRPC", "tensorflow, HTTP"})
    void answersWhatItCanAndRefusesTheRestAtOnce(String engine, String protocol) throws IOException {
        overload(engine, protocol, Bounds.OF_A_QUIET_MACHINE);
    }

    private void overload(String engine, String protocol, Bounds bounds) throws IOException {
        service.close();
        service = startService(limits(engine));
        broker = startBroker();
        service.awaitReady();
        promote(
                1,
                publish(
                        1,
                        SlowModel.archive(),
                        Optional.of(new Blobs(store()).put(SlowModel.onnx())),
                        Optional.empty()),
                1);
        awaitVersion(1);
        Path images = Files.write(top.resolve("images"), new byte[IMAGES * 784 * Float.BYTES]);
        Requests requests = new Requests(
                protocol, protocol.equals("GRPC") ? grpcPort : service.at("/").getPort(), images, IMAGES, DEADLINE);
        // Until the code of answers and refusals is compiled.
        Load warmUp = Load.closed(requests, CALLERS, Duration.ofSeconds(2));
        Load.open(requests, 10 * warmUp.goodput(), bounds.length);

        String name = engine + " over " + protocol;
        for (int factor : bounds.factors) {
            for (int attempt = 1; !isMet(name, requests, bounds, factor, attempt == bounds.attempts); attempt++) {
                System.out.printf("attempt %d missed its bounds; measuring again%n", attempt);
            }
        }
        assertThat(Load.closed(requests, 1, Duration.ofSeconds(1)).answered())
                .as("afterwards")
                .isPositive();
    }

    /**
     * Measures capacity and overload.
     *
     * @param last whether to fail where the bounds aren't met
     */
    private boolean isMet(String name, Requests requests, Bounds bounds, int factor, boolean last) {
        Measured capacity = Measured.of(service.pid(), () -> Load.closed(requests, CALLERS, bounds.length));
        capacity.print(name, 1);
        Measured overload =
                Measured.of(service.pid(), () -> Load.open(requests, factor * capacity.load.goodput(), bounds.length));
        overload.print(name, factor);
        try {
            bounds.require(capacity, overload, factor);
            return true;
        } catch (AssertionError e) {
            if (last) {
                throw e;
            }
            return false;
        }
    }

    private Map<String, String> limits(String engine) {
        Map<String, String> limits = new HashMap<>();
        limits.put("CATWALK_ENGINE_CHOICE", engine);
        limits.put("CATWALK_GRPC_PORT", Integer.toString(grpcPort));
        limits.put("CATWALK_QUEUE_DISPATCHERS", "1");
        limits.put("CATWALK_QUEUE_DEADLINE", DEADLINE.toMillis() + "ms");
        limits.put("TF_NUM_INTRAOP_THREADS", "1");
        limits.put("TF_NUM_INTEROP_THREADS", "1");
        return limits;
    }

    /**
     * What is required.
     *
     * @param attempts the most measurements of which one has to meet it
     * @param length of each load
     * @param goodput the least share of the capacity
     * @param efficiency the least share of the capacity's answers for a second of the server's processor time
     * @param failed the most of the refused: where the cores are taken, a few may miss the deadline
     * @param refusedP50 the most milliseconds of the refusals, from when their requests were due
     * @param refusedP99 as it
     */
    private record Bounds(
            int attempts,
            List<Integer> factors,
            Duration length,
            double goodput,
            double efficiency,
            double failed,
            double refusedP50,
            double refusedP99) {
        static final Bounds OF_A_QUIET_MACHINE =
                new Bounds(1, List.of(2, 5, 10), Duration.ofSeconds(12), 0.9, 0.7, 0, 50, 500);
        /** Other tests take the cores meanwhile, of the server and of the load: in a collapse next to nothing is in time. */
        static final Bounds OF_A_COLLAPSE =
                new Bounds(3, List.of(5), Duration.ofSeconds(4), 0.05, 0.2, 0.2, 1_000, 4_000);

        void require(Measured capacity, Measured overload, int factor) {
            assertThat(capacity.load.failed()).isZero();
            assertThat(capacity.load.refused()).isZero();
            assertThat(overload.load.failed())
                    .as("other than answers and refusals")
                    .isLessThanOrEqualTo((long) (failed * overload.load.refused()));
            assertThat(overload.load.goodput())
                    .as("answers a second within the deadline at %d times the capacity", factor)
                    .isGreaterThan(goodput * capacity.load.goodput());
            assertThat(overload.perCpuSecond())
                    .as("answers for a second of the server's processor time")
                    .isGreaterThan(efficiency * capacity.perCpuSecond());
            assertThat(overload.load.refused()).isGreaterThan(overload.load.answered() * (factor - 1) / 2);
            assertThat(overload.load.refusedP50()).isLessThan(refusedP50);
            assertThat(overload.load.refusedP99()).isLessThan(refusedP99);
        }
    }

    /** @param cpuSeconds of the server */
    private record Measured(Load load, double cpuSeconds) {
        static Measured of(long pid, Supplier<Load> run) {
            double before = ProcessTime.cpuSeconds(pid);
            Load load = run.get();
            return new Measured(load, ProcessTime.cpuSeconds(pid) - before);
        }

        double perCpuSecond() {
            return (load.answered() - load.late()) / cpuSeconds;
        }

        void print(String name, int factor) {
            System.out.printf(
                    "%s x%d: %.0f/s in time, p99 %.0f ms; %d answered, %d late; %d refused, p50 %.1f ms, p99 %.1f ms; %d failed; "
                            + "%.0f for a CPU second; CPU of server %.1f s, of load %.1f s%n",
                    name,
                    factor,
                    load.goodput(),
                    load.answeredP99(),
                    load.answered(),
                    load.late(),
                    load.refused(),
                    load.refusedP50(),
                    load.refusedP99(),
                    load.failed(),
                    perCpuSecond(),
                    cpuSeconds,
                    load.cpuSeconds());
        }
    }
}
