package io.catwalk.objectstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blobs through a server whose first bodies are damaged on their way. */
class DamagedAnswerTest {
    private static final byte[] CONTENT = "a blob's content".getBytes(UTF_8);
    private static final Digest DIGEST = Digest.of(CONTENT);

    private final AtomicInteger bodies = new AtomicInteger();
    private HttpServer server;
    private Blobs blobs;
    private int damaged;

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", this::answer);
        server.start();
        blobs = new Blobs(LoopbackStore.at(server.getAddress().getPort()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aBlobThatWasDamagedOnItsWayIsReadAgain() {
        for (damaged = 0; damaged < Rereading.READINGS; damaged++) {
            bodies.set(0);
            assertThat(blobs.read(DIGEST, 100)).isEqualTo(CONTENT);
            bodies.set(0);
            blobs.download(DIGEST, folder.resolve("copy"));
            assertThat(folder.resolve("copy")).hasBinaryContent(CONTENT);
            bodies.set(0);
            assertThat(blobs.isIntact(DIGEST)).isTrue();
        }
    }

    @Test
    void aBlobThatIsDamagedEachTimeIsCorrupt() {
        damaged = Integer.MAX_VALUE;

        assertThatThrownBy(() -> blobs.read(DIGEST, 100))
                .isInstanceOf(CorruptBlobException.class)
                .hasMessageStartingWith("blob " + DIGEST + " holds other content");
        assertThat(bodies).hasValue(Rereading.READINGS);
        assertThat(blobs.isIntact(DIGEST)).isFalse();
    }

    private void answer(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Last-Modified", "Sat, 28 Nov 2026 16:00:00 GMT");
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(200, -1);
        } else {
            byte[] body = CONTENT.clone();
            if (bodies.incrementAndGet() <= damaged) {
                body[3] ^= 4;
            }
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }
}
