package io.catwalk.serving.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.catwalk.serving.TinyModel;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests over HTTP/2, which clients as Java's own use unless told not to. */
@QuarkusTest
@TestProfile(ServiceProfile.class)
class Http2Test {
    private static final String JSON = "application/json";
    private static final String PREDICT = "/v1/models/fashion:predict";
    private static final String IMAGE = "{\"instances\":[" + Arrays.toString(TinyModel.image(1)) + "]}";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

    @Inject
    PublishedModels models;

    @TestHTTPResource
    URI address;

    @BeforeEach
    void serveFashion() throws IOException, InterruptedException {
        models.serve("fashion", 1, 0, 1);
        HttpRequest live =
                HttpRequest.newBuilder(address.resolve("/v2/health/live")).build();
        assertThat(client.send(live, BodyHandlers.ofString()).version()).isEqualTo(HttpClient.Version.HTTP_2);
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void areAnswered() throws IOException, InterruptedException {
        for (int request = 0; request < 3; request++) {
            HttpResponse<String> answer = post(PREDICT, JSON, BodyPublishers.ofString(IMAGE));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.body()).startsWith("{\"predictions\":[[");
        }
    }

    @Test
    void areAnsweredWithoutALength() throws IOException, InterruptedException {
        byte[] body = IMAGE.getBytes(StandardCharsets.UTF_8);
        assertThat(post(PREDICT, JSON, BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void areRefusedAsOverHttp1() throws IOException, InterruptedException {
        HttpResponse<String> bad = post(PREDICT, JSON, BodyPublishers.ofString("{\"instances\":[[1]]}"));
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(bad.body()).contains("instances");
        assertThat(post("/v1/models/none:predict", JSON, BodyPublishers.ofString(IMAGE))
                        .statusCode())
                .isEqualTo(404);
        assertThat(post(PREDICT, "image/png", BodyPublishers.ofString(IMAGE)).statusCode())
                .isEqualTo(415);
        assertThat(post("/v1/models/fashion:classify", JSON, BodyPublishers.ofString("{}"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(post("/v2/repository/index", JSON, BodyPublishers.ofString("{}"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(post("/v2/none", JSON, BodyPublishers.ofString("{}")).statusCode())
                .isEqualTo(404);
        // The connection is as before.
        assertThat(post(PREDICT, JSON, BodyPublishers.ofString(IMAGE)).statusCode())
                .isEqualTo(200);
    }

    private HttpResponse<String> post(String path, String type, BodyPublisher body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(address.resolve(path))
                        .header("Content-Type", type)
                        .POST(body)
                        .build(),
                BodyHandlers.ofString());
    }
}
