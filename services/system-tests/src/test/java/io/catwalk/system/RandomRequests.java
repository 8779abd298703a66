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
 * Requests of all kinds to a pipeline, drawn from a seed: datasets, runs, sweeps, promotions, cancels, the same again, others under a
 * used id, and records that nobody can read; over Kafka, runs over HTTP too.
 */
final class RandomRequests implements AutoCloseable {
    static final List<String> MODELS = List.of("red", "green", "blue");

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int SOURCES = 3;

    private final Pipeline pipeline;
    private final Random random;
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
    private final Map<String, Integer> sent = new TreeMap<>();
    private int number;

    RandomRequests(Pipeline pipeline, long seed) {
        this.pipeline = pipeline;
        this.random = new Random(seed);
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
        int kind = random.nextInt(100);
        if (kind < 40) {
            run();
        } else if (kind < 48) {
            runAgain();
        } else if (kind < 60) {
            dataset();
        } else if (kind < 66) {
            sweep();
        } else if (kind < 82) {
            send(
                    "promotion",
                    "promotion-requested",
                    "{\"promotionId\": \"p%d\", \"model\": \"%s\", \"version\": %d}"
                            .formatted(number, model(), 1 + random.nextInt(4)));
        } else if (kind < 92) {
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

    private void dataset() {
        String name = "d" + number;
        boolean known = send("dataset", "dataset-requested", """
                {"dataset": "%s", "validationSize": %d, "source": {"folder": "%s"}}""".formatted(
                        name, BarPictures.VALIDATION, sources.get(random.nextInt(SOURCES))));
        if (known) {
            datasets.add(name);
        }
    }

    private void sweep() {
        send("sweep", "sweep-requested", """
                {"sweepId": "s%d", "training": {"dataset": "%s", "model": "%s", "epochs": %d, "batchSize": 32},
                 "parameters": [{"field": "learningRate", "values": [0.001, 0.002]}]}""".formatted(number, Pipeline.DATASET, model(), 1 + random.nextInt(3)));
    }

    private void cancel() {
        oneOf(accepted)
                .ifPresent(id -> send(
                        "cancel",
                        "training-cancel-requested",
                        "{\"runId\": \"%s\", \"reason\": \"by chance\"}".formatted(id)));
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
