package io.catwalk.client;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * The HTTP API of the four services. A call takes 30 s at most; any answer but a 2xx is a {@link PipelineException} that names
 * method, address, status and the service's error. An interrupt is a {@link CancellationException}.
 */
public final class PipelineClient implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Set<Integer> TEMPORARY = Set.of(404, 409, 429, 502, 503, 504);

    private final HttpClient http;
    private final ObjectMapper mapper = new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private final URI ingestion;
    private final URI training;
    private final URI evaluation;
    private final URI serving;
    private final ClientKey key;

    /** @param ingestion the base address of the service, as {@code http://127.0.0.1:8081}, like the others */
    public PipelineClient(URI ingestion, URI training, URI evaluation, URI serving) {
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .build();
        this.ingestion = ingestion;
        this.training = training;
        this.evaluation = evaluation;
        this.serving = serving;
        this.key = ClientKey.NONE;
    }

    private PipelineClient(PipelineClient client, ClientKey key) {
        this.http = client.http;
        this.ingestion = client.ingestion;
        this.training = client.training;
        this.evaluation = client.evaluation;
        this.serving = client.serving;
        this.key = key;
    }

    /** This client with a key, on the same connections. */
    public PipelineClient with(ClientKey key) {
        return new PipelineClient(this, key);
    }

    /** Requests an ingestion, and returns what was accepted. */
    public JsonNode requestIngestion(String json) {
        return json(post(ingestion.resolve("/datasets"), json), JsonNode.class);
    }

    /** Requests a run, and returns what was accepted. */
    public JsonNode requestRun(String json) {
        return json(post(training.resolve("/runs"), json), JsonNode.class);
    }

    /** How far an ingestion is. */
    public JsonNode ingestion(String id) {
        return json(get(ingestion.resolve("/ingestions/" + id)), JsonNode.class);
    }

    /** How far a run is. */
    public JsonNode run(String id) {
        return json(get(training.resolve("/runs/" + id)), JsonNode.class);
    }

    /** How far a run's evaluation is. */
    public JsonNode evaluation(String runId) {
        return json(get(evaluation.resolve("/evaluations/" + runId)), JsonNode.class);
    }

    /** The evaluation's page, HTML. */
    public byte[] report(String runId) {
        return send(get(evaluation.resolve("/evaluations/" + runId + "/report.html")))
                .body();
    }

    /** What a model makes of a picture, a PNG. */
    public Classification classify(String model, byte[] png) {
        return json(
                request(serving.resolve("/v1/models/" + model + ":classify-image"))
                        .header("Content-Type", "image/png")
                        .POST(BodyPublishers.ofByteArray(png))
                        .build(),
                Classification.class);
    }

    /** @param instances one image each, in TensorFlow Serving's format: {@code {"instances": [...]}} */
    public Probabilities predict(String model, String instances) {
        HttpResponse<byte[]> response = send(predictRequest(model, instances));
        long version = response.headers().firstValueAsLong("catwalk-version").orElseThrow();
        return new Probabilities(version, read(response, Predictions.class).predictions());
    }

    /** The body of an answer. */
    record Predictions(List<List<Double>> predictions) {}

    /** The request of {@link #predict}, to be sent many times. */
    public HttpRequest predictRequest(String model, String instances) {
        return post(serving.resolve("/v1/models/" + model + ":predict"), instances);
    }

    private HttpRequest get(URI address) {
        return request(address).build();
    }

    private HttpRequest post(URI address, String json) {
        return request(address)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build();
    }

    private HttpRequest.Builder request(URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(TIMEOUT);
        key.authorization().ifPresent(authorization -> request.header("Authorization", authorization));
        return request;
    }

    /** Sends a request and returns its 2xx answer. */
    public HttpResponse<byte[]> send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() / 100 != 2) {
                throw new PipelineException(
                        "%s was answered with %d: %s".formatted(shown(request), response.statusCode(), error(response)),
                        TEMPORARY.contains(response.statusCode()));
            }
            return response;
        } catch (IOException e) {
            throw new PipelineException(shown(request) + " failed: " + e, true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    private <T> T json(HttpRequest request, Class<T> type) {
        return read(send(request), type);
    }

    private <T> T read(HttpResponse<byte[]> response, Class<T> type) {
        try {
            return mapper.readValue(response.body(), type);
        } catch (IOException e) {
            throw new PipelineException(
                    shown(response.request()) + " was answered with other JSON: " + e.getMessage(), false);
        }
    }

    /** The field {@code error}, which every service's errors have; the whole body of anything else, as of a proxy. */
    private String error(HttpResponse<byte[]> response) {
        String body = new String(response.body(), StandardCharsets.UTF_8);
        try {
            return mapper.readTree(body).path("error").asText(body);
        } catch (IOException e) {
            return body;
        }
    }

    private static String shown(HttpRequest request) {
        return request.method() + " " + request.uri();
    }

    @Override
    public void close() {
        http.close();
    }
}
