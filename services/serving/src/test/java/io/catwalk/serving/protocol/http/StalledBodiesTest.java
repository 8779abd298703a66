package io.catwalk.serving.protocol.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Senders that announce a body and take their time over it. */
@QuarkusTest
@TestProfile(ServiceProfile.class)
class StalledBodiesTest {
    private static final int ANNOUNCED = 8 << 20;
    private static final String POST = "POST /v1/models/none:predict HTTP/1.1\r\nHost: x\r\n";
    private static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @TestHTTPResource
    URI address;

    private final List<Socket> senders = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (Socket sender : senders) {
            sender.close();
        }
        await().untilAsserted(() -> assertThat(bodyMemory()).isZero());
    }

    @Test
    void useMemoryOnlyForReceivedBytesAndNoSlot() {
        for (int sender = 0; sender < 400; sender++) {
            String length = sender % 2 == 0 ? "Content-Length: " + ANNOUNCED + "\r\n\r\n{" : CHUNKED + "1\r\n{\r\n";
            send(open(), POST + length);
        }
        await().untilAsserted(() -> assertThat(bodyMemory()).isEqualTo(400 * 1_024));

        for (int request = 0; request < 50; request++) {
            assertAnswered();
        }
    }

    @Test
    void timeOutWhileOthersAreAnswered() throws IOException {
        Socket drip = open();
        send(drip, POST + "Content-Length: 1000\r\n\r\n");
        drip.setSoTimeout(20);
        long started = System.nanoTime();
        String answer = "";
        while (answer.isEmpty()) {
            answer = dripOneByte(drip);
            assertAnswered();
        }

        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isBetween(ServiceProfile.BODY_TIMEOUT.minusMillis(100), ServiceProfile.BODY_TIMEOUT.plusSeconds(20));
        assertThat(answer).startsWith("HTTP/1.1 408 ");
        drip.setSoTimeout(10_000);
        assertThat(rest(drip))
                .contains("{\"error\":\"the body took longer than " + ServiceProfile.BODY_TIMEOUT.toMillis()
                        + " ms to arrive\"}");
    }

    @Test
    void thatExceedTheMemoryAreRefusedButSmallRequestsAreNot() throws IOException {
        byte[] most = new byte[ANNOUNCED - 1];
        for (int sender = 0; sender < 3; sender++) {
            Socket socket = open();
            send(socket, POST + "Content-Length: " + ANNOUNCED + "\r\n\r\n");
            socket.getOutputStream().write(most);
        }
        await().untilAsserted(() -> assertThat(bodyMemory()).isEqualTo(3L * ANNOUNCED));

        Socket oneMore = open();
        oneMore.setSoTimeout(10_000);
        send(oneMore, POST + "Content-Length: " + ANNOUNCED + "\r\n\r\n");
        oneMore.getOutputStream().write(new byte[1 << 20]);
        assertThat(rest(oneMore))
                .startsWith("HTTP/1.1 429 ")
                .containsIgnoringCase("retry-after: 1")
                .contains("take all the memory");
        for (int request = 0; request < 20; request++) {
            assertAnswered();
        }
    }

    @Test
    void answersExpectContinue() throws IOException {
        Socket asking = open();
        asking.setSoTimeout(10_000);
        send(asking, POST + "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n");
        assertThat(line(asking)).isEqualTo("HTTP/1.1 100 Continue");
        send(asking, "{}");
        assertThat(line(asking)).isEmpty();
        assertThat(line(asking)).startsWith("HTTP/1.1 404 ");
    }

    /** @return the status line, if there is one already */
    private static String dripOneByte(Socket socket) {
        try {
            send(socket, " ");
            return line(socket);
        } catch (SocketTimeoutException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertAnswered() {
        given().urlEncodingEnabled(false)
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/v1/models/none:predict")
                .then()
                .statusCode(404);
    }

    private double bodyMemory() {
        return given().get(management.resolve("/q/metrics"))
                .asString()
                .lines()
                .filter(line -> line.startsWith("catwalk_http_body_memory_bytes "))
                .mapToDouble(line -> Double.parseDouble(line.split(" ")[1]))
                .findFirst()
                .orElseThrow();
    }

    private Socket open() {
        try {
            Socket socket = new Socket(address.getHost(), address.getPort());
            senders.add(socket);
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int read = socket.getInputStream().read();
                read >= 0 && read != '\n';
                read = socket.getInputStream().read()) {
            line.append((char) read);
        }
        return line.toString().stripTrailing();
    }

    /** All that comes until the connection is closed. */
    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
}
