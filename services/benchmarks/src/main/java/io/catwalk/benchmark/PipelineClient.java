package io.catwalk.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catwalk.local.LocalStack;
import io.catwalk.local.TaskFailedException;
import io.catwalk.local.process.HttpReadiness;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A client of a running pipeline: HTTP and events. */
final class PipelineClient implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LONGEST_RUN = Duration.ofMinutes(30);
    private static final Duration LONGEST_LOAD = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final LocalStack stack;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    PipelineClient(LocalStack stack) {
        this.stack = stack;
    }

    /** Requests a run of the tutorial's network and returns when it is promoted or rejected. */
    Run train(String runId, int epochs, long seed) {
        String request = """
                {"runId":"%s","dataset":"fashion-mnist","model":"bench","epochs":%d,"seed":%d}""".formatted(runId, epochs, seed);
        post(stack.training().resolve("/runs"), request);
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        stack.bootstrapServers(),
                        "auto.offset.reset",
                        "earliest",
                        "isolation.level",
                        "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = Stream.of("epoch-completed", "training-failed", "evaluation-completed")
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            return follow(consumer, runId);
        }
    }

    /**
     * The result of a run.
     *
     * @param epochEnds when each epoch's event was decided
     */
    record Run(List<Instant> epochEnds, double testAccuracy) {}

    private Run follow(KafkaConsumer<String, byte[]> consumer, String runId) {
        List<Instant> epochEnds = new ArrayList<>();
        Instant giveUp = Instant.now().plus(LONGEST_RUN);
        while (Instant.now().isBefore(giveUp)) {
            stack.failure().ifPresent(failure -> {
                throw failure;
            });
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                if (!runId.equals(record.key())) {
                    continue;
                }
                switch (record.topic()) {
                    case "epoch-completed" -> epochEnds.add(time(record));
                    case "evaluation-completed" -> {
                        return new Run(epochEnds, testAccuracy(runId));
                    }
                    default -> throw new TaskFailedException("run " + runId + " failed: see " + stack.training());
                }
            }
        }
        throw new TaskFailedException("run " + runId + " didn't end within " + LONGEST_RUN);
    }

    private static Instant time(ConsumerRecord<String, byte[]> record) {
        byte[] value = record.headers().lastHeader("ce_time").value();
        return Instant.parse(new String(value, StandardCharsets.UTF_8));
    }

    private double testAccuracy(String runId) {
        JsonNode report = get(stack.evaluation().resolve("/evaluations/" + runId + "/report.json"));
        return report.path("test").path("accuracy").asDouble();
    }

    /** Returns when a model is served. */
    void awaitServed(String model) {
        HttpReadiness served = new HttpReadiness(stack.serving().resolve("/v1/models/" + model));
        Instant giveUp = Instant.now().plus(LONGEST_LOAD);
        while (!served.isReady()) {
            if (Instant.now().isAfter(giveUp)) {
                throw new TaskFailedException("model " + model + " isn't served after " + LONGEST_LOAD);
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    private JsonNode get(URI address) {
        return json(HttpRequest.newBuilder(address).GET().build());
    }

    private void post(URI address, String body) {
        json(HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    private JsonNode json(HttpRequest request) {
        return read(send(request));
    }

    /** The response's bytes; an error ends the benchmark. */
    byte[] send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() / 100 != 2) {
                throw new TaskFailedException("%s %s answered %d: %s"
                        .formatted(
                                request.method(),
                                request.uri(),
                                response.statusCode(),
                                new String(response.body(), StandardCharsets.UTF_8)));
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(request.uri() + " can't be reached", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    private static JsonNode read(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
