package io.catwalk.objectstore;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The store's time through real answers of HTTP, some of which carry a wrong Date. */
class WrongDateTest {
    private static final Duration YEAR = Duration.ofDays(365);

    private final AtomicInteger answers = new AtomicInteger();
    private ServerSocket server;
    private volatile int wrongAnswer;
    private volatile String status = "404 Not Found";

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(this::serve);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Tag("fault-40")
    @Test
    void oneDateFromTheFutureMovesNothing() {
        for (wrongAnswer = 1; wrongAnswer <= 4; wrongAnswer++) {
            answers.set(0);
            ObjectStore store = LoopbackStore.at(server.getLocalPort());
            for (int call = 0; call < 4; call++) {
                assertThat(store.exists(new ObjectKey("absent"))).isFalse();
                assertThat(store.time())
                        .as("answer " + wrongAnswer)
                        .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
            }
        }
    }

    @Tag("fault-24")
    @Test
    void aRefusalByAStoreOfAnotherTimeTellsTheDifference() {
        status = "403 Forbidden";
        ObjectStore store = LoopbackStore.at(server.getLocalPort());
        assertThatThrownBy(() -> store.exists(new ObjectKey("absent")))
                .isInstanceOf(StoreRefusedException.class)
                .message()
                .doesNotContain("clock");
        wrongAnswer = 2;
        assertThatThrownBy(() -> store.exists(new ObjectKey("absent")))
                .isInstanceOf(StoreRefusedException.class)
                .message()
                .matches(".*; the clock here is 5256\\d\\d minutes behind the store's");
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket connection = server.accept()) {
                answer(connection);
            } catch (IOException e) {
                assertThat(server.isClosed()).isTrue();
            }
        }
    }

    private void answer(Socket connection) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(connection.getInputStream(), US_ASCII));
        for (String line = in.readLine(); line != null && !line.isEmpty(); ) {
            line = in.readLine();
        }
        Duration error = answers.incrementAndGet() == wrongAnswer ? YEAR : Duration.ZERO;
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plus(error).atOffset(ZoneOffset.UTC));
        connection
                .getOutputStream()
                .write(("HTTP/1.1 " + status + "\r\nDate: " + date
                                + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                        .getBytes(US_ASCII));
    }
}
