package io.catwalk.conformance.fake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.zip.GZIPInputStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A server of both protocols over HTTP, whose answers may be falsified. */
public final class FakeServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final FakeV2 v2 = new FakeV2();
    private final BiFunction<Call, Reply, Reply> fault;

    /** @param fault makes a false answer of the right one */
    public FakeServer(BiFunction<Call, Reply, Reply> fault) throws IOException {
        this.fault = fault;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    public URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }

    static JsonNode object(byte[] body) {
        try {
            JsonNode json = JSON.readTree(body);
            RefusedException.require(json.isObject(), "the body must be an object");
            return json;
        } catch (IOException e) {
            throw new RefusedException(400, "the body isn't JSON: " + new String(body, StandardCharsets.UTF_8));
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (headers.getOrDefault("content-encoding", "").equals("gzip")) {
            body = new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
        }
        Call call = new Call(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                headers,
                body,
                exchange.getRemoteAddress().getPort());
        Reply reply = fault.apply(call, answer(call));
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
        exchange.getResponseBody().write(reply.body());
        exchange.close();
    }

    private Reply answer(Call call) {
        try {
            return call.path().startsWith("/v1") ? FakeV1.answer(call) : v2.answer(call);
        } catch (RefusedException e) {
            return Reply.error(e.status(), e.getMessage());
        }
    }
}
