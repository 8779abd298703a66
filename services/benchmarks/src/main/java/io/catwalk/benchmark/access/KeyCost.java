package io.catwalk.benchmark.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

import io.catwalk.access.ApiKey;
import io.catwalk.access.GrantedKey;
import io.catwalk.access.KeyFile;
import io.catwalk.access.ModelPatterns;
import io.catwalk.access.Role;
import io.catwalk.benchmark.models.ModelCaller;
import io.catwalk.benchmark.models.PublishedModels;
import io.catwalk.benchmark.process.BrokerAndStore;
import io.catwalk.benchmark.process.MeasuredService;
import io.catwalk.benchmark.result.BenchmarkResult;
import io.catwalk.benchmark.serving.HttpConnection;
import org.HdrHistogram.Histogram;

/**
 * What a prediction costs more with an API key: one caller of two serving processes in turns, one without access control and one
 * whose file has many keys, each with a model and a rate.
 */
public final class KeyCost {
    private static final int KEYS = 1_000;
    private static final int ROUNDS = 9;
    private static final int CALLS = 5_000;
    private static final int WARM_UP_CALLS = 20_000;

    private final Path root;
    private final Path data;

    /**
     * @param root of the built project
     * @param data where broker and store keep their files
     */
    public KeyCost(Path root, Path data) {
        this.root = root;
        this.data = data.resolve("access");
    }

    public BenchmarkResult measure() {
        try (BrokerAndStore stack = BrokerAndStore.start(data)) {
            new PublishedModels(BrokerAndStore.bucket(data), stack.bootstrapServers()).publish(0, 1);
            ApiKey key = ApiKey.generate(new SecureRandom());
            try (Caller open = caller("open", stack, Map.of("CATWALK_ACCESS_ENABLED", "false"), Optional.empty());
                    Caller keyed = caller(
                            "keyed",
                            stack,
                            Map.of(
                                    "CATWALK_ACCESS_ENABLED",
                                    "true",
                                    "CATWALK_ACCESS_KEYS_FILE",
                                    keyFile(key).toString()),
                            Optional.of(key))) {
                return compare(open, keyed);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BenchmarkResult compare(Caller open, Caller keyed) throws IOException {
        List<Round> without = new ArrayList<>();
        List<Round> with = new ArrayList<>();
        open.call(WARM_UP_CALLS);
        keyed.call(WARM_UP_CALLS);
        for (int round = 0; round < ROUNDS; round++) {
            without.add(open.call(CALLS));
            with.add(keyed.call(CALLS));
        }
        return new BenchmarkResult(
                "A prediction without access control and with one of %,d keys, one caller, %d rounds in turns"
                        .formatted(KEYS, ROUNDS),
                List.of(
                        "without a key: " + line(without),
                        "with a key:    " + line(with),
                        "the key:       p50 %+.1f us, p99 %+.1f us, %+.1f us of the server's CPU (medians of the rounds' differences)"
                                .formatted(
                                        difference(with, without, Figure.P50),
                                        difference(with, without, Figure.P99),
                                        difference(with, without, Figure.CPU))));
    }

    private static String line(List<Round> rounds) {
        return "p50 %.1f us, p99 %.1f us, %.1f us of the server's CPU a request"
                .formatted(median(rounds, Figure.P50), median(rounds, Figure.P99), median(rounds, Figure.CPU));
    }

    private static double median(List<Round> rounds, Figure figure) {
        return BenchmarkResult.median(rounds.stream().map(figure::of).toList());
    }

    private static double difference(List<Round> with, List<Round> without, Figure figure) {
        return BenchmarkResult.median(IntStream.range(0, with.size())
                .mapToObj(round -> figure.of(with.get(round)) - figure.of(without.get(round)))
                .toList());
    }

    private Caller caller(String name, BrokerAndStore stack, Map<String, String> access, Optional<ApiKey> key)
            throws IOException {
        Map<String, String> environment = new HashMap<>(stack.environment());
        environment.putAll(access);
        environment.put(
                "CATWALK_LOADING_CACHE_FOLDER", data.resolve("cache-" + name).toString());
        MeasuredService serving = new MeasuredService("serving", root, data.resolve(name + ".log"), environment);
        serving.awaitReady();
        serving.awaitModels(1);
        String header =
                key.map(known -> "|Authorization: Bearer " + known.secret()).orElse("");
        return new Caller(serving, ModelCaller.connect(serving, 0, header));
    }

    private Path keyFile(ApiKey used) throws IOException {
        List<GrantedKey> keys = new ArrayList<>();
        SecureRandom random = new SecureRandom();
        for (int number = 1; number < KEYS; number++) {
            keys.add(granted("key-" + number, ApiKey.generate(random)));
        }
        keys.add(granted("used", used));
        return Files.writeString(data.resolve("keys.json"), KeyFile.of(keys));
    }

    private static GrantedKey granted(String name, ApiKey key) {
        return new GrantedKey(
                name,
                key.sha256(),
                Set.of(Role.PREDICTOR),
                ModelPatterns.of(List.of(PublishedModels.name(0))),
                OptionalInt.of(1_000_000),
                Optional.empty());
    }

    private enum Figure {
        P50,
        P99,
        CPU;

        double of(Round round) {
            return switch (this) {
                case P50 -> round.p50();
                case P99 -> round.p99();
                case CPU -> round.cpu();
            };
        }
    }

    /** All in microseconds; the processor's time is that of a request in the server. */
    private record Round(double p50, double p99, double cpu) {}

    /** One caller of one server. */
    private record Caller(MeasuredService serving, HttpConnection connection) implements AutoCloseable {
        Round call(int calls) throws IOException {
            double before = serving.cpuSeconds();
            Histogram latencies = ModelCaller.call(List.of(connection), calls);
            double cpu = serving.cpuSeconds() - before;
            return new Round(
                    latencies.getValueAtPercentile(50) / 1e3,
                    latencies.getValueAtPercentile(99) / 1e3,
                    cpu / calls * 1e6);
        }

        @Override
        public void close() throws IOException {
            connection.close();
            serving.close();
        }
    }
}
