package io.catwalk.console.service;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.catwalk.console.ConsoleConfig;
import io.catwalk.console.access.Credential;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Asks services, each question with the credential of who asks the console. All questions of a page are asked at once, so that
 * a service that is slow or away delays no part but its own, and that one by the timeout at most.
 */
@ApplicationScoped
public class ServiceCalls {
    private static final String JSON = "application/json";
    private static final Pattern NEXT = Pattern.compile("<[^>]*[?&]after=([^&>]+)[^>]*>; *rel=\"next\"");

    private final HttpClient http;
    private final ObjectMapper mapper = new ObjectMapper();
    private final ConsoleConfig config;
    private final Credential credential;
    private final Clock clock;

    ServiceCalls(ConsoleConfig config, Credential credential, Clock clock) {
        this.config = config;
        this.credential = credential;
        this.clock = clock;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(config.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @PreDestroy
    void close() {
        http.close();
    }

    /** @param path with its query, encoded */
    public CompletableFuture<Part> get(Service service, String path) {
        return send(service, request(service, path).GET().build());
    }

    /** @param json the body */
    public CompletableFuture<Part> post(Service service, String path, String json) {
        return post(service, path, JSON, BodyPublishers.ofString(json));
    }

    /** @param mediaType of the body */
    public CompletableFuture<Part> post(Service service, String path, String mediaType, BodyPublisher body) {
        return send(
                service,
                request(service, path)
                        .header("Content-Type", mediaType)
                        .POST(body)
                        .build());
    }

    /** Starts a request that the caller sends on, as the caller's own. */
    HttpRequest.Builder request(Service service, String path) {
        URI base = service.address(config);
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(base.toString().replaceAll("/+$", "") + path))
                .timeout(config.timeout());
        credential.authorization().ifPresent(shown -> request.header("Authorization", shown));
        return request;
    }

    HttpClient http() {
        return http;
    }

    private CompletableFuture<Part> send(Service service, HttpRequest request) {
        CompletableFuture<HttpResponse<byte[]>> exchange = http.sendAsync(request, BodyHandlers.ofByteArray());
        return exchange.copy()
                .orTimeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((answer, failure) -> exchange.cancel(true))
                .handle((answer, failure) ->
                        failure == null ? part(service, answer) : Part.away(service, why(failure), clock.instant()));
    }

    private Part part(Service service, HttpResponse<byte[]> answer) {
        try {
            JsonNode body = answer.body().length == 0 ? MissingNode.getInstance() : body(answer);
            if (answer.statusCode() / 100 == 2) {
                return new Part(service, answer.statusCode(), body, Optional.empty(), next(answer), clock.instant());
            }
            String error = body.path("error").asText("status " + answer.statusCode());
            return Part.refused(service, answer.statusCode(), error, clock.instant());
        } catch (IOException e) {
            return answer.statusCode() / 100 == 2
                    ? Part.away(service, "its answer can't be read", clock.instant())
                    : Part.refused(service, answer.statusCode(), "status " + answer.statusCode(), clock.instant());
        }
    }

    private JsonNode body(HttpResponse<byte[]> answer) throws IOException {
        String type = answer.headers().firstValue("Content-Type").orElse(JSON);
        return type.startsWith(JSON)
                ? mapper.readTree(answer.body())
                : mapper.getNodeFactory().textNode(new String(answer.body(), StandardCharsets.UTF_8));
    }

    private static Optional<String> next(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Link")
                .map(NEXT::matcher)
                .filter(Matcher::find)
                .map(link -> link.group(1));
    }

    private String why(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        return cause instanceof TimeoutException || cause instanceof HttpTimeoutException
                ? "it hasn't answered within " + config.timeout().toMillis() + " ms"
                : "it can't be reached";
    }
}
