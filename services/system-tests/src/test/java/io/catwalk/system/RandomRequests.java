package io.catwalk.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Requests of all kinds to a pipeline, each drawn from a seed of its own: datasets, runs, sweeps, promotions, rollouts, cancels, the
 * same again, others under a used id, and records that nobody can read; over Kafka, runs over HTTP too.
 */
final class RandomRequests implements AutoCloseable {
    static final List<String> MODELS = List.of("red", "green", "blue");

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int SOURCES = 3;

    private final Pipeline pipeline;
    private final long seed;
    private final KafkaProducer<byte[], byte[]> producer;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();
    private final List<Path> sources = new ArrayList<>();
    private final List<String> datasets = new ArrayList<>(List.of(Pipeline.DATASET));
    /** By id, what was asked for and by whom it was accepted. */
    private final Map<String, String> runs = new TreeMap<>();

    private final List<String> accepted = new ArrayList<>();
    private final List<String> rollouts = new ArrayList<>();
    private final Map<String, Integer> sent = new TreeMap<>();
    private int number;
    private Random random = new Random();

    RandomRequests(Pipeline pipeline, long seed) {
        this.pipeline = pipeline;
        this.seed = seed;
        for (int source = 0; source < SOURCES; source++) {
            sources.add(pipeline.source("random-" + source, 100 + source));
        }
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        pipeline.stack().bootstrapServers(),
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        (int) PATIENCE.toMillis(),
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        (int) PATIENCE.toMillis(),
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        2 * (int) PATIENCE.toMillis()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Sends one more; whether anybody takes it is another matter. */
    void next() {
        number++;
        random = new Random(seed + number);
        int kind = random.nextInt(100);
        if (kind < 38) {
            run();
        } else if (kind < 46) {
            runAgain();
        } else if (kind < 58) {
            dataset();
        } else if (kind < 64) {
            sweep();
        } else if (kind < 76) {
            send("promotion", "promotion-requested", promotion("p" + number, ""));
        } else if (kind < 84) {
            rollout();
        } else if (kind < 94) {
            cancel();
        } else {
            send("unreadable", "training-requested", "{\"dataset\": \"%s\", ".formatted(number));
        }
    }

    private void run() {
        String id = "r" + number;
        String body = body(id);
        if (random.nextBoolean()) {
            if (send("run", "training-requested", body)) {
                accept(id, body);
            }
        } else if (post("run over HTTP", pipeline.training("/runs"), body)) {
            accept(id, body);
        }
    }

    private String body(String id) {
        return """
                {"runId": "%s", "dataset": "%s", "model": "%s", "epochs": %d, "batchSize": 32, "seed": %d, "checkpointInterval": "1s", "gate": {"maxRegression": 1}}""".formatted(
                        id,
                        datasets.get(random.nextInt(datasets.size())),
                        model(),
                        1 + random.nextInt(8),
                        random.nextInt(1000));
    }

    private void accept(String id, String body) {
        runs.put(id, body);
        accepted.add(id);
    }

    /** The same, or another under the same id. */
    private void runAgain() {
        oneOf(accepted).ifPresent(id -> {
            String body = runs.get(id);
            if (random.nextBoolean()) {
                send("run again", "training-requested", body);
            } else {
                send("other run under its id", "training-requested", body.replace("\"seed\": ", "\"seed\": 1"));
            }
        });
    }

    /** Some are cancelled at once; no run asks for one of these, as it might wait for ever. */
    private void dataset() {
        String name = "d" + number;
        boolean known = send("dataset", "dataset-requested", """
                {"ingestionId": "i%d", "dataset": "%s", "validationSize": %d, "source": {"folder": "%s"}}""".formatted(
                        number, name, BarPictures.VALIDATION, sources.get(random.nextInt(SOURCES))));
        if (random.nextInt(4) == 0) {
            cancel("dataset", "ingestionId", "i" + number);
        } else if (known) {
            datasets.add(name);
        }
    }

    private void sweep() {
        send("sweep", "sweep-requested", """
                {"sweepId": "s%d", "training": {"dataset": "%s", "model": "%s", "epochs": %d, "batchSize": 32},
                 "parameters": [{"field": "learningRate", "values": [0.001, 0.002]}]}""".formatted(number, Pipeline.DATASET, model(), 1 + random.nextInt(3)));
    }

    private void rollout() {
        String id = "o" + number;
        if (send("rollout", "promotion-requested", promotion(id, ", \"label\": \"canary\", \"weight\": 0.3"))) {
            rollouts.add(id);
        }
    }

    private String promotion(String id, String more) {
        return "{\"promotionId\": \"%s\", \"model\": \"%s\", \"version\": %d%s}"
                .formatted(id, model(), 1 + random.nextInt(4), more);
    }

    private void cancel() {
        if (random.nextInt(4) == 0) {
            oneOf(rollouts).ifPresent(id -> cancel("rollout", "rolloutId", id));
        } else {
            oneOf(accepted).ifPresent(id -> cancel("training", "runId", id));
        }
    }

    private void cancel(String what, String field, String id) {
        send(
                "cancel of " + what,
                what + "-cancel-requested",
                "{\"%s\": \"%s\", \"reason\": \"by chance\"}".formatted(field, id));
    }

    private Optional<String> oneOf(List<String> ids) {
        return ids.isEmpty() ? Optional.empty() : Optional.of(ids.get(random.nextInt(ids.size())));
    }

    private String model() {
        return MODELS.get(random.nextInt(MODELS.size()));
    }

    /** Whether the broker has acknowledged it. */
    private boolean send(String what, String topic, String json) {
        try {
            producer.send(new ProducerRecord<>(topic, json.getBytes(UTF_8))).get();
            return count(what, true);
        } catch (ExecutionException e) {
            return count(what, false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether the service has accepted it. */
    private boolean post(String what, URI address, String json) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            return count(what, answer.statusCode() == 202);
        } catch (IOException e) {
            return count(what, false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean count(String what, boolean taken) {
        sent.merge(what + (taken ? "" : ", not taken"), 1, Integer::sum);
        return taken;
    }

    /** The runs that broker or service have taken. */
    List<String> accepted() {
        return List.copyOf(accepted);
    }

    /** How many of each kind were sent. */
    Map<String, Integer> sent() {
        return new TreeMap<>(sent);
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        client.close();
    }
}
