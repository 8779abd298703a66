package io.catwalk.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.catwalk.local.process.LocalPort;
import io.catwalk.objectstore.Blobs;
import io.catwalk.serving.load.Load;
import io.catwalk.serving.load.Load.Requests;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * More requests than the server can answer: it answers as many as it can, and refuses the others at once.
 *
 * <p>Batches run on one thread, so that the load, another process, has the machine's second core; for what it takes beyond, it
 * waits for the server's threads. What both take is printed. The speed of a virtual machine's core can change by half from one
 * second to the next, whatever runs on it. So the tight bounds are for shares of the time, and that for answers a second is wide.
 * It says something only on a machine with nothing else to do, so {@code make soak} alone runs it.
 */
class OverloadIT extends RunningServing {
    private static final Duration DEADLINE = Duration.ofSeconds(2);
    /** Refusals' latencies in milliseconds, from when their requests were due. */
    private static final double MOST_REFUSED_P50 = 50;

    private static final double MOST_REFUSED_P99 = 500;
    /** The least part of what they are at the capacity. */
    private static final double LEAST_USEFUL_SHARE = 0.9;

    private static final double LEAST_USEFUL_CPU_SHARE = 0.7;
    private static final double LEAST_GOODPUT = 0.5;
    private static final int[] FACTORS = {2, 5, 10};
    private static final Duration LENGTH = Duration.ofSeconds(12);
    private static final int IMAGES = 8;
    /** Enough to keep the batches full. */
    private static final int CALLERS = 16;

    private final int grpcPort = LocalPort.free();

    @Tag("fault-26")
    @Tag("soak")
    @ParameterizedTest(name = "{0} over {1}")
    @CsvSource({"onnx, HTTP", "tensorflow, GRPC", "onnx, GRPC", "tensorflow, HTTP"})
    void answersWhatItCanAndRefusesTheRestAtOnce(String engine, String protocol) throws IOException {
        service.close();
        service = startMeasured(limits(engine));
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
                protocol,
                protocol.equals("GRPC") ? grpcPort : service.at("/").getPort(),
                service.pid(),
                images,
                IMAGES,
                DEADLINE);
        // Until the code of answers and refusals is compiled.
        Load warmUp = Load.closed(requests, CALLERS, Duration.ofSeconds(2));
        Load.open(requests, 10 * warmUp.goodput(), LENGTH);

        Load capacity = Load.closed(requests, CALLERS, LENGTH);
        print(capacity, engine, protocol, 1);
        assertThat(capacity.failed()).isZero();
        assertThat(capacity.refused()).isZero();
        assertThat(capacity.expired()).isZero();
        for (int factor : FACTORS) {
            Load overload = Load.open(requests, factor * capacity.goodput(), LENGTH);
            print(overload, engine, protocol, factor);
            require(capacity, overload, factor);
        }
        assertThat(Load.closed(requests, 1, Duration.ofSeconds(1)).answered())
                .as("afterwards")
                .isPositive();
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

    private static void require(Load capacity, Load overload, int factor) {
        assertThat(overload.failed()).as("other than answers, refusals and 504").isZero();
        assertThat(overload.usefulShare())
                .as("share of the time for answers within the deadline at %d times the capacity", factor)
                .isGreaterThan(LEAST_USEFUL_SHARE * capacity.usefulShare());
        assertThat(overload.usefulCpuShare())
                .as("share of the server's processor time for answers within the deadline")
                .isGreaterThan(LEAST_USEFUL_CPU_SHARE * capacity.usefulCpuShare());
        assertThat(overload.goodput())
                .as("answers a second within the deadline")
                .isGreaterThan(LEAST_GOODPUT * capacity.goodput());
        assertThat(overload.refused()).isGreaterThan(overload.answered() * (factor - 1) / 2);
        assertThat(overload.refusedP50()).isLessThan(MOST_REFUSED_P50);
        assertThat(overload.refusedP99()).isLessThan(MOST_REFUSED_P99);
    }

    private static void print(Load load, String engine, String protocol, int factor) {
        System.out.printf(
                "%s %s x%d: %.0f/s in time, p99 %.0f ms; %d answered, %d late; %d refused, p50 %.1f ms, p99 %.1f ms; %d expired, %d failed; "
                        + "%.0f %% of %.1f s useful; CPU of batches %.1f s, of server %.1f s, of load %.1f s%n",
                engine,
                protocol,
                factor,
                load.goodput(),
                load.answeredP99(),
                load.answered(),
                load.late(),
                load.refused(),
                load.refusedP50(),
                load.refusedP99(),
                load.expired(),
                load.failed(),
                100 * load.usefulShare(),
                load.seconds(),
                load.batchCpuSeconds(),
                load.serverCpuSeconds(),
                load.cpuSeconds());
    }
}
