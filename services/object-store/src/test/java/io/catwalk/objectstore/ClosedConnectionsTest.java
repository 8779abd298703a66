package io.catwalk.objectstore;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A store that answers once on each connection and keeps it open, but closes it when the next request comes. */
class ClosedConnectionsTest {
    private static final ObjectKey KEY = Artifacts.blob(Digest.of(new byte[0]));
    private static final String ANSWER =
            "HTTP/1.1 200 OK\r\nLast-Modified: Sat, 28 Nov 2026 16:00:00 GMT\r\n" + "Content-Length: 5\r\n\r\nwhole";

    private final AtomicInteger connections = new AtomicInteger();
    private final CountDownLatch bothAsk = new CountDownLatch(2);
    private ServerSocket server;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::accept);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Tag("fault-16")
    @Test
    void aReadIsMadeOnceMoreOnANewConnectionHoweverManyAreClosed() {
        ObjectStore store = LoopbackStore.at(server.getLocalPort());
        CompletableFuture<?> one = CompletableFuture.runAsync(() -> store.read(KEY, 100));
        CompletableFuture<?> other = CompletableFuture.runAsync(() -> store.read(KEY, 100));
        CompletableFuture.allOf(one, other).join();
        assertThat(connections).hasValue(2);

        assertThat(store.read(KEY, 100)).isPresent();
        assertThat(connections).hasValue(3);
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = server.accept();
                connections.incrementAndGet();
                Thread.ofPlatform().daemon().start(() -> serve(connection));
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private void serve(Socket connection) {
        try (connection;
                InputStream in = connection.getInputStream()) {
            readHead(in);
            bothAsk.countDown();
            bothAsk.await();
            connection.getOutputStream().write(ANSWER.getBytes(US_ASCII));
            readHead(in);
        } catch (IOException | InterruptedException e) {
            // The client has gone.
        }
    }

    private static void readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.append((char) next);
            if (head.toString().endsWith("\r\n\r\n")) {
                return;
            }
        }
    }
}
