package io.catwalk.installation.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.catwalk.client.PipelineClient;

/** All four services in one: answers each path with its scripted answers, and repeats the last one. */
final class FakePipeline implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, Queue<Reply>> replies = new HashMap<>();
    private final List<String> calls = new ArrayList<>();

    FakePipeline() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    FakePipeline on(String call, int status, String body) {
        return on(call, status, body, "");
    }

    /** @param call a method and the beginning of a path */
    FakePipeline on(String call, int status, String body, String version) {
        replies.computeIfAbsent(call, unused -> new ArrayDeque<>()).add(new Reply(status, body, version));
        return this;
    }

    List<String> calls() {
        return List.copyOf(calls);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String call =
                exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
        exchange.getRequestBody().readAllBytes();
        calls.add(call);
        Reply reply = replies.entrySet().stream()
                .filter(entry -> call.startsWith(entry.getKey()))
                .map(entry -> entry.getValue().size() > 1
                        ? entry.getValue().remove()
                        : entry.getValue().element())
                .findFirst()
                .orElse(new Reply(404, "{}", ""));
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("catwalk-version", reply.version());
        exchange.sendResponseHeaders(reply.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    PipelineClient client() {
        URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new PipelineClient(address, address, address, address);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private record Reply(int status, String body, String version) {}
}
