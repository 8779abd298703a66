package io.catwalk.benchmark.growth;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.catwalk.benchmark.process.BrokerAndStore;
import io.catwalk.benchmark.process.MeasuredService;
import io.catwalk.benchmark.result.BenchmarkResult;
import io.catwalk.client.EventProducer;

/** What many models, versions and events cost each service: its start, its memory, and an answer that lists or reads them. */
public final class RegistryCost {
    private static final int WARM_CALLS = 50;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final GrowthSizes NOTHING = new GrowthSizes(0, 0, 0, 0);

    /** What each is asked for. */
    private static final Map<String, String> QUESTIONS = Map.of(
            "ingestion", "/datasets",
            "training", "/runs?limit=50",
            "evaluation", "/models",
            "serving", "/v1/models/model-000");

    private final Path root;
    private final Path data;
    private final GrowthSizes sizes;
    private final List<String> lines = new ArrayList<>();

    /**
     * @param root of the built project
     * @param data where broker and store keep their files
     */
    public RegistryCost(Path root, Path data, GrowthSizes sizes) {
        this.root = root;
        this.data = data.resolve("registry");
        this.sizes = sizes;
    }

    public BenchmarkResult measure() {
        lines.add(
                "models | versions | events | service | ready after | store calls until then | resident memory | live heap"
                        + " | asked for | cold | p50");
        try (BrokerAndStore stack = BrokerAndStore.start(data);
                EventProducer producer = new EventProducer(stack.bootstrapServers())) {
            WrittenRegistry registry =
                    new WrittenRegistry(BrokerAndStore.bucket(data), stack.bootstrapServers(), producer);
            GrowthSizes written = NOTHING;
            for (GrowthSizes size : List.of(sizes.tenth(), sizes)) {
                registry.grow(written, size);
                written = size;
                for (String service : List.of("ingestion", "training", "evaluation", "serving")) {
                    lines.add(measure(service, size, stack.environment()));
                    System.out.println(lines.getLast());
                }
            }
        }
        return new BenchmarkResult("Services with a grown registry and grown topics, default settings", lines);
    }

    private String measure(String name, GrowthSizes size, Map<String, String> stack) {
        Map<String, String> environment = new HashMap<>(stack);
        environment.put("CATWALK_LOADING_CACHE_FOLDER", data.resolve("cache").toString());
        long started = System.nanoTime();
        try (MeasuredService service = new MeasuredService(name, root, data.resolve(name + ".log"), environment)) {
            service.awaitReady();
            if (name.equals("serving")) {
                service.awaitModels(size.models());
            }
            double ready = (System.nanoTime() - started) / 1e9;
            long calls = service.storeCalls();
            String question = Optional.ofNullable(QUESTIONS.get(name)).orElseThrow();
            double cold = millis(service, question);
            List<Double> warm = new ArrayList<>();
            for (int call = 0; call < WARM_CALLS; call++) {
                warm.add(millis(service, question));
            }
            return "%,d | %,d | %,d | %s | %.1f s | %,d | %.0f MiB | %.1f MB | %s | %.0f ms | %.1f ms"
                    .formatted(
                            size.models(),
                            size.models() * size.versionsOfEach(),
                            size.events(),
                            name,
                            ready,
                            calls,
                            service.residentMebibytes(),
                            service.liveBytes() / 1e6,
                            question,
                            cold,
                            BenchmarkResult.median(warm));
        }
    }

    private static double millis(MeasuredService service, String question) {
        long started = System.nanoTime();
        service.get(question);
        return (System.nanoTime() - started) / NANOS_PER_MILLI;
    }
}
