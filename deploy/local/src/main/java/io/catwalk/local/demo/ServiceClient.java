package io.catwalk.local.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catwalk.local.LocalStack;

/** The demo's HTTP client of the services. Empty means that the answer isn't available yet. */
final class ServiceClient implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final ObjectMapper mapper = new ObjectMapper();
    private final URI training;
    private final URI evaluation;
    private final URI serving;

    ServiceClient(URI training, URI evaluation, URI serving) {
        this.training = training;
        this.evaluation = evaluation;
        this.serving = serving;
    }

    static ServiceClient of(LocalStack stack) {
        return new ServiceClient(stack.training(), stack.evaluation(), stack.serving());
    }

    /** Steps that a run has done by now. */
    Optional<Long> step(String runId) {
        return get(training.resolve("/runs/" + runId))
                .flatMap(this::json)
                .map(json -> json.path("step"))
                .filter(JsonNode::isIntegralNumber)
                .map(JsonNode::longValue);
    }

    /** The evaluation's page, HTML. */
    Optional<byte[]> report(String runId) {
        return get(evaluation.resolve("/evaluations/" + runId + "/report.html"));
    }

    /** What the model makes of a picture. */
    Optional<Classification> classify(String model, byte[] png) {
        HttpRequest request = HttpRequest.newBuilder(serving.resolve("/v1/models/" + model + ":classify-image"))
                .timeout(TIMEOUT)
                .header("Content-Type", "image/png")
                .POST(BodyPublishers.ofByteArray(png))
                .build();
        return send(request).flatMap(this::json).flatMap(ServiceClient::classification);
    }

    private static Optional<Classification> classification(JsonNode json) {
        List<Prediction> predictions = new ArrayList<>();
        json.path("predictions")
                .forEach(node -> predictions.add(new Prediction(
                        node.path("label").asText(), node.path("probability").asDouble())));
        return predictions.isEmpty()
                ? Optional.empty()
                : Optional.of(new Classification(
                        json.path("version").asLong(), json.path("digest").asText(), predictions));
    }

    private Optional<JsonNode> json(byte[] body) {
        try {
            return Optional.of(mapper.readTree(body));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> get(URI address) {
        return send(HttpRequest.newBuilder(address).timeout(TIMEOUT).build());
    }

    private Optional<byte[]> send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
            return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    @Override
    public void close() {
        client.close();
    }

    /**
     * An answer of serving.
     *
     * @param predictions of all classes; not empty
     */
    record Classification(long version, String digest, List<Prediction> predictions) {
        Classification {
            predictions = List.copyOf(predictions);
        }

        Prediction best() {
            return predictions.stream()
                    .max(Comparator.comparingDouble(Prediction::probability))
                    .orElseThrow();
        }
    }

    /** How sure the model is of a label, 0 to 1. */
    record Prediction(String label, double probability) {}
}
