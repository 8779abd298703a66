package io.catwalk.benchmark.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.catwalk.benchmark.process.BrokerAndStore;
import io.catwalk.benchmark.process.MeasuredService;
import io.catwalk.benchmark.result.BenchmarkResult;
import io.catwalk.benchmark.serving.HttpConnection;
import org.HdrHistogram.Histogram;

/** What many models in one serving process cost: its start, its memory, a request, and a request of an idle model. */
public final class ManyModels {
    private static final List<Integer> COUNTS = List.of(1, 100);
    /** Longer than the loading of all takes. */
    private static final String IDLE_TIMEOUT = "20s";

    private static final int CALLS = 20_000;
    private static final int WARM_UP_CALLS = 10_000;

    private final Path root;
    private final Path data;
    private final List<String> lines = new ArrayList<>();

    /**
     * @param root of the built project
     * @param data where broker and store keep their files
     */
    public ManyModels(Path root, Path data) {
        this.root = root;
        this.data = data.resolve("models");
    }

    public BenchmarkResult measure() {
        lines.add("models | ready, download included | ready, from the cache | memory | p50 and p99 of a request"
                + " | memory, all idle | p50 and p99 of an idle model's request");
        try (BrokerAndStore stack = BrokerAndStore.start(data)) {
            PublishedModels models = new PublishedModels(BrokerAndStore.bucket(data), stack.bootstrapServers());
            Map<String, String> environment = new HashMap<>(stack.environment());
            environment.put("CATWALK_LOADING_IDLE_TIMEOUT", IDLE_TIMEOUT);
            int published = 0;
            for (int count : COUNTS) {
                models.publish(published, count);
                published = count;
                environment.put(
                        "CATWALK_LOADING_CACHE_FOLDER",
                        data.resolve("cache-" + count).toString());
                lines.add(measure(count, environment));
                System.out.println(lines.getLast());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new BenchmarkResult("Models of tutorial-cnn in one serving process, ONNX Runtime", lines);
    }

    private String measure(int count, Map<String, String> environment) throws IOException {
        double first;
        try (MeasuredService serving = serving(environment)) {
            first = ready(serving, count);
        }
        try (MeasuredService serving = serving(environment)) {
            double again = ready(serving, count);
            List<HttpConnection> callers = callers(serving, count);
            ModelCaller.call(callers, WARM_UP_CALLS);
            Histogram loaded = ModelCaller.call(callers, CALLS);
            double memory = serving.residentMebibytes();
            close(callers);
            serving.awaitModels(0);
            double idle = serving.residentMebibytes();
            callers = callers(serving, count);
            Histogram idleCalls = ModelCaller.call(callers, count);
            close(callers);
            return "%d | %.1f s | %.1f s | %.0f MiB | %.2f and %.2f ms | %.0f MiB | %.1f and %.1f ms"
                    .formatted(
                            count,
                            first,
                            again,
                            memory,
                            millis(loaded, 50),
                            millis(loaded, 99),
                            idle,
                            millis(idleCalls, 50),
                            millis(idleCalls, 99));
        }
    }

    private MeasuredService serving(Map<String, String> environment) {
        return new MeasuredService("serving", root, data.resolve("serving.log"), environment);
    }

    /** @return seconds until all models are loaded, from just after the process's start */
    private static double ready(MeasuredService serving, int count) {
        long started = System.nanoTime();
        serving.awaitReady();
        serving.awaitModels(count);
        return (System.nanoTime() - started) / 1e9;
    }

    /** One for each model. */
    private static List<HttpConnection> callers(MeasuredService serving, int count) throws IOException {
        List<HttpConnection> callers = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            callers.add(ModelCaller.connect(serving, number, ""));
        }
        return callers;
    }

    private static void close(List<HttpConnection> callers) throws IOException {
        for (HttpConnection caller : callers) {
            caller.close();
        }
    }

    private static double millis(Histogram latencies, double percentile) {
        return latencies.getValueAtPercentile(percentile) / 1e6;
    }
}
