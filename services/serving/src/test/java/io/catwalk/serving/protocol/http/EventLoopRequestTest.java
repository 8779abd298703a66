package io.catwalk.serving.protocol.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

import io.catwalk.serving.Gzip;
import io.catwalk.serving.TinyModel;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which requests are answered on the event loop that received them. */
@QuarkusTest
@TestProfile(ServiceProfile.class)
class EventLoopRequestTest {
    private static final String JSON = "application/json";
    private static final String PREDICT = "/v1/models/fashion:predict";
    private static final String INFER = "/v2/models/fashion/infer";
    private static final String IMAGE = Arrays.toString(TinyModel.image(1));

    @Inject
    PublishedModels models;

    @Inject
    RequestThreads threads;

    @TestHTTPResource
    URI address;

    @BeforeEach
    void serveAModelThatIsKnownToBeQuick() {
        RestAssured.urlEncodingEnabled = false;
        models.serve("fashion", 1, 0, 1);
        predict(1).post(PREDICT).then().statusCode(200);
    }

    @Test
    void aShortOneIs() {
        int before = threads.eventLoops();
        predict(1).post(PREDICT).then().statusCode(200);
        given().contentType(JSON)
                .body("{\"inputs\":[{\"name\":\"images\",\"shape\":[1,28,28,1],\"datatype\":\"FP32\",\"data\":" + IMAGE
                        + "}]}")
                .post(INFER)
                .then()
                .statusCode(200);
        given().contentType(JSON)
                .body("{\"instances\":[[1]]}")
                .post(PREDICT)
                .then()
                .statusCode(400);

        assertThat(threads.eventLoops()).isEqualTo(before + 3);
    }

    /** More images than an event loop runs: it waits for the batch, without a thread. */
    @Test
    void aShortOneOfSeveralImagesIs() {
        int before = threads.eventLoops();
        given().contentType("application/octet-stream")
                .header("Inference-Header-Content-Length", "0")
                .body(new byte[16 * 784 * Float.BYTES])
                .post(INFER)
                .then()
                .statusCode(200);

        assertThat(threads.eventLoops()).isEqualTo(before + 1);
    }

    @Test
    void aLongOneIsNot() {
        answeredElsewhere(predict(50), PREDICT);
    }

    @Test
    void aCompressedOneIsNot() {
        byte[] compressed = Gzip.of(("{\"instances\":[" + IMAGE + "]}").getBytes());
        answeredElsewhere(
                given().contentType(JSON).header("Content-Encoding", "gzip").body(compressed), PREDICT);
    }

    @Test
    void encodedPicturesAreNot() throws IOException {
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY), "png", png);

        answeredElsewhere(
                given().contentType("image/png").body(png.toByteArray()), "/v1/models/fashion:classify-image");
        answeredElsewhere(
                given().contentType(JSON)
                        .body("{\"inputs\":[{\"name\":\"images\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\""
                                + Base64.getEncoder().encodeToString(png.toByteArray()) + "\"]}]}"),
                INFER);
    }

    @Test
    void manyAtOnceAreAnsweredOnceEach() {
        int before = threads.eventLoops();
        List<CompletableFuture<HttpResponse<String>>> answers;
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(address.resolve(PREDICT))
                    .header("Content-Type", JSON)
                    .POST(HttpRequest.BodyPublishers.ofString("{\"instances\":[" + IMAGE + "]}"))
                    .build();
            answers = IntStream.range(0, 200)
                    .mapToObj(number -> client.sendAsync(request, BodyHandlers.ofString()))
                    .toList();
            answers.forEach(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
        }

        assertThat(threads.eventLoops()).isEqualTo(before + answers.size());
    }

    private void answeredElsewhere(RequestSpecification request, String path) {
        int before = threads.virtual();
        request.post(path).then().statusCode(200);
        assertThat(threads.virtual()).isEqualTo(before + 1);
    }

    private static RequestSpecification predict(int images) {
        return given().contentType(JSON)
                .body("{\"instances\":[" + String.join(",", Collections.nCopies(images, IMAGE)) + "]}");
    }
}
