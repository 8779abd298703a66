package io.catwalk.conformance.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import com.fasterxml.jackson.databind.JsonNode;

/** A server over HTTP/1.1. */
public final class HttpServer {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private final URI address;
    private final Duration timeout;
    private final Map<String, String> headers;
    private final HttpClient client;

    /**
     * @param timeout of each request
     * @param headers of each request
     */
    public HttpServer(URI address, Duration timeout, Map<String, String> headers) {
        this.address = address;
        this.timeout = timeout;
        this.headers = Map.copyOf(headers);
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
    }

    public Answer get(String path) throws IOException {
        return send("GET", path, Map.of(), BodyPublishers.noBody());
    }

    public Answer post(String path, JsonNode body) throws IOException {
        return post(path, body.toString());
    }

    public Answer post(String path, String json) throws IOException {
        return post(path, JSON, json.getBytes(StandardCharsets.UTF_8));
    }

    public Answer post(String path, Map<String, String> more, byte[] body) throws IOException {
        return send("POST", path, more, BodyPublishers.ofByteArray(body));
    }

    /** Without a body. */
    public Answer method(String method, String path) throws IOException {
        return send(method, path, Map.of(), BodyPublishers.noBody());
    }

    /** In chunks, without a {@code Content-Length}. */
    public Answer postInChunks(String path, JsonNode body) throws IOException {
        byte[] bytes = utf8(body);
        return send("POST", path, JSON, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes)));
    }

    /** With the body in gzip. */
    public Answer postInGzip(String path, JsonNode body) throws IOException {
        Map<String, String> more = new HashMap<>(JSON);
        more.put("Content-Encoding", "gzip");
        return send("POST", path, more, BodyPublishers.ofByteArray(gzip(utf8(body))));
    }

    /** From a client that takes gzip. */
    public Answer postAcceptingGzip(String path, JsonNode body) throws IOException {
        Map<String, String> more = new HashMap<>(JSON);
        more.put("Accept-Encoding", "gzip");
        return send("POST", path, more, BodyPublishers.ofByteArray(utf8(body)));
    }

    /** A connection that stays the same from request to request. */
    public KeptConnection connect() throws IOException {
        return KeptConnection.to(address, timeout, headers);
    }

    private Answer send(String method, String path, Map<String, String> more, BodyPublisher body) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path)).timeout(timeout).method(method, body);
        headers.forEach(request::setHeader);
        more.forEach(request::setHeader);
        try {
            HttpResponse<byte[]> response = send(request.build());
            Map<String, String> received = new HashMap<>();
            response.headers()
                    .map()
                    .forEach((name, values) -> received.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
            return new Answer(response.statusCode(), received, response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    /** Once more where a kept connection is closed at this moment, which a server may do at any time (RFC 9112, 9.3.1). */
    private HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
        try {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (HttpTimeoutException | ConnectException e) {
            throw e;
        } catch (IOException e) {
            return client.send(request, BodyHandlers.ofByteArray());
        }
    }

    private static byte[] utf8(JsonNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
