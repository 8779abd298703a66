package io.catwalk.benchmark.growth;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.catwalk.benchmark.process.BrokerAndStore;
import io.catwalk.benchmark.process.MeasuredService;
import io.catwalk.benchmark.result.BenchmarkResult;
import io.catwalk.local.process.Pause;

/**
 * What closed runs cost a trainer: its start, a page of them, an idle period, and its heap; on the local broker and
 * store.
 */
public final class HistoryCost {
    private static final String LIST = "/runs?limit=50";
    private static final int WARM_CALLS = 50;
    private static final Duration IDLE = Duration.ofSeconds(20);
    private static final double NANOS_PER_MILLI = 1e6;

    private final Path root;
    private final Path data;
    private final GrowthSizes sizes;
    private final WrittenRuns runs;
    private final List<String> lines = new ArrayList<>();

    /**
     * @param root of the built project
     * @param data where broker and store keep their files
     */
    public HistoryCost(Path root, Path data, GrowthSizes sizes) {
        this.root = root;
        this.data = data.resolve("growth");
        this.sizes = sizes;
        this.runs = new WrittenRuns(BrokerAndStore.bucket(this.data));
    }

    public BenchmarkResult measure() {
        lines.add("closed runs | index built in | ready after | catwalk_runs after | store calls until then"
                + " | page of 50, cold | page of 50, p50 | calls a page, cold and warm | calls a minute | live heap");
        try (BrokerAndStore stack = BrokerAndStore.start(data)) {
            Map<String, String> environment = stack.environment();
            int written = 0;
            for (int closed : List.of(sizes.tenth().runs(), sizes.runs())) {
                runs.write(written, closed);
                runs.deleteIndex();
                written = closed;
                Duration building = build(environment);
                lines.add(measure(closed, building, environment));
                System.out.println(lines.getLast());
            }
        }
        return new BenchmarkResult("A trainer with a history, default settings", lines);
    }

    /** The first start after an upgrade from a release without an index. */
    private Duration build(Map<String, String> environment) {
        try (MeasuredService trainer = trainer(environment)) {
            trainer.awaitReady();
            long started = System.nanoTime();
            trainer.await(() -> trainer.get("/runs?limit=1")
                    .headers()
                    .firstValue("Catwalk-Index")
                    .isEmpty());
            return Duration.ofNanos(System.nanoTime() - started);
        }
    }

    private String measure(int closed, Duration building, Map<String, String> environment) {
        long started = System.nanoTime();
        try (MeasuredService trainer = trainer(environment)) {
            trainer.awaitReady();
            double ready = seconds(started);
            trainer.await(() -> trainer.shows("catwalk_runs{"));
            double counted = seconds(started);
            long untilCounted = trainer.storeCalls();
            trainer.await(() -> trainer.get("/runs?limit=1")
                    .headers()
                    .firstValue("Catwalk-Index")
                    .isEmpty());
            long before = trainer.storeCalls();
            double cold = millisOfPage(trainer, closed);
            long coldCalls = trainer.storeCalls() - before;
            List<Double> warm = new ArrayList<>();
            for (int i = 0; i < WARM_CALLS; i++) {
                warm.add(millisOfPage(trainer, closed));
            }
            long warmCalls = (trainer.storeCalls() - before - coldCalls) / WARM_CALLS;
            long idleFrom = trainer.storeCalls();
            Pause.of(IDLE);
            long perMinute = (trainer.storeCalls() - idleFrom) * 60 / IDLE.toSeconds();
            return "%,d | %.0f s | %.1f s | %.1f s | %,d | %.0f ms | %.0f ms | %d and %d | %d | %.1f MB"
                    .formatted(
                            closed,
                            building.toMillis() / 1e3,
                            ready,
                            counted,
                            untilCounted,
                            cold,
                            BenchmarkResult.median(warm),
                            coldCalls,
                            warmCalls,
                            perMinute,
                            trainer.liveBytes() / 1e6);
        }
    }

    private MeasuredService trainer(Map<String, String> environment) {
        return new MeasuredService("training", root, data.resolve("trainer.log"), environment);
    }

    private static double millisOfPage(MeasuredService trainer, int closed) {
        long started = System.nanoTime();
        HttpResponse<String> page = trainer.get(LIST);
        double millis = (System.nanoTime() - started) / NANOS_PER_MILLI;
        int shown = page.body().split("\"runId\":\"run-[0-9]+\",\"state\":\"completed\"", -1).length - 1;
        if (shown != Math.min(50, closed)) {
            throw new IllegalStateException("a page of 50 shows " + shown + " of " + closed + " closed runs");
        }
        return millis;
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
