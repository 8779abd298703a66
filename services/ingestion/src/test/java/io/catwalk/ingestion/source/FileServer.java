package io.catwalk.ingestion.source;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Serves files at {@code /tiny/} of a free loopback port, each under an ETag, until an answer of another kind is set. */
public final class FileServer implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    public FileServer(Map<String, byte[]> files) throws IOException {
        this.files.putAll(files);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/tiny/", this::handle);
        server.start();
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/tiny/");
    }

    public URI baseByName() {
        return URI.create("http://localhost:" + server.getAddress().getPort() + "/tiny/");
    }

    public void put(String name, byte[] content) {
        files.put(name, content);
    }

    /** @param call as {@code GET train-images-idx3-ubyte} */
    public void answer(String call, Answer answer) {
        answers.put(call, answer);
    }

    /** From here on the call is answered with the file again. */
    public void restore(String call) {
        answers.remove(call);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String name = exchange.getRequestURI().getPath().substring("/tiny/".length());
        try (exchange) {
            answers.getOrDefault(exchange.getRequestMethod() + " " + name, this::file)
                    .handle(exchange, name);
        }
    }

    private void file(HttpExchange exchange, String name) throws IOException {
        byte[] content = files.get(name);
        if (content == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        exchange.getResponseHeaders().set("ETag", "\"" + name + "\"");
        send(exchange, 200, content);
    }

    /** Answers with a body, or with its length alone to HEAD. */
    public static void send(HttpExchange exchange, int status, byte[] content) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, content.length);
            exchange.getResponseBody().write(content);
        }
    }

    /** How a call is answered. */
    @FunctionalInterface
    public interface Answer {
        void handle(HttpExchange exchange, String name) throws IOException;
    }
}
