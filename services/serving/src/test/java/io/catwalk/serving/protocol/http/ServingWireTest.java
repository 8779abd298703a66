package io.catwalk.serving.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** Requests that no client library would send. */
@QuarkusTest
@TestProfile(ServiceProfile.class)
class ServingWireTest {
    private static final String PREDICT = "POST /v1/models/none:predict HTTP/1.1\r\nHost: x\r\n";

    @TestHTTPResource
    URI address;

    @Test
    void aBadPercentEncodingIsTheClientsFault() throws IOException {
        assertThat(status("POST /v1/models/%zz:predict HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}"))
                .isBetween(400, 404);
    }

    @Test
    void twoLengthsAreTheClientsFault() throws IOException {
        assertThat(status(PREDICT + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"))
                .isEqualTo(400);
        assertThat(status(PREDICT + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"))
                .as("refused, or read as chunked: never as both")
                .isIn(400, 404);
        assertThat(status(PREDICT + "Content-Length: -1\r\n\r\n")).isEqualTo(400);
        assertThat(status(PREDICT + "Content-Length: two\r\n\r\n{}")).isEqualTo(400);
    }

    @Test
    void refusesADeclaredLengthOverTheLimitBeforeTheBody() throws IOException {
        assertThat(status(PREDICT + "Content-Length: 99999999999\r\n\r\n")).isEqualTo(413);
    }

    @Test
    void oneByteChunksAreReadAsOneBody() throws IOException {
        StringBuilder request = new StringBuilder(PREDICT + "Transfer-Encoding: chunked\r\n\r\n");
        request.append("1\r\n \r\n".repeat(20_000)).append("2\r\n{}\r\n0\r\n\r\n");

        assertThat(status(request.toString())).isEqualTo(404);
    }

    @Test
    void aMethodThatDoesNotExistIsRefused() throws IOException {
        assertThat(status("BREW /v1/models/none HTTP/1.1\r\nHost: x\r\n\r\n")).isIn(405, 501);
    }

    private int status(String request) throws IOException {
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            BufferedReader answer =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            return Integer.parseInt(answer.readLine().split(" ")[1]);
        }
    }
}
