package io.catwalk.serving.protocol.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import io.catwalk.serving.Gzip;
import io.catwalk.serving.TinyModel;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are refused, and the limits of those that are answered. */
@QuarkusTest
@TestProfile(ServiceProfile.class)
class ServingRefusalsTest {
    private static final String JSON = "application/json";
    private static final int STRIP = 3;

    @Inject
    PublishedModels models;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @TestHTTPResource
    URI address;

    @BeforeEach
    void serveFashion() {
        RestAssured.urlEncodingEnabled = false;
        models.serve("fashion", 1, 0, 1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /v1/models/none:predict                    | 404 | no model 'none' is loaded
                    /v1/models/fashion/versions/7:predict      | 404 | version 7 of model 'fashion' is not loaded; loaded versions: 1 (stable)
                    /v1/models/fashion/labels/canary:predict   | 404 | label 'canary' of model 'fashion' is not loaded; loaded versions: 1 (stable)
                    /v1/models/fashion/versions/-1:predict     | 400 | the path's version must be an integer from 1 to 2^63-1, not '-1'
                    /v1/models/fashion/versions/9223372036854775808:predict | 400 | the path's version must be an integer from 1 to 2^63-1, not '9223372036854775808'
                    /v2/models/fashion/versions/x/infer        | 400 | the path's version must be an integer from 1 to 2^63-1, not 'x'
                    /v2/models/none/infer                      | 404 | no model 'none' is loaded
                    /v1/models/fashion:regress                 | 400 | the model's signature is for predict, not for regress; use :predict or :classify-image
                    /v1/models/fashion:predict                 | 400 | the body must have instances or inputs
                    /v2/models/fashion/infer                   | 400 | inputs must hold one tensor, the model's 'images', not 0
                    """)
    void namesTheError(String path, int status, String message) {
        given().contentType(JSON)
                .body("{}")
                .post(path)
                .then()
                .statusCode(status)
                .body("error", equalTo(message));
    }

    @Test
    void refusesOtherMethodsMediaAndPaths() {
        given().get("/v1/models/fashion:predict").then().statusCode(405);
        given().put("/v1/models/fashion:predict").then().statusCode(405);
        given().contentType("text/csv")
                .body("1,2")
                .post("/v1/models/fashion:predict")
                .then()
                .statusCode(415)
                .body("error", equalTo("the Content-Type must be application/json, not 'text/csv'"));
        given().contentType("text/plain")
                .body("{}")
                .post("/v2/models/fashion/infer")
                .then()
                .statusCode(415)
                .body(
                        "error",
                        equalTo("the Content-Type must be application/json or application/octet-stream,"
                                + " not 'text/plain'"));
        given().contentType("image/png")
                .body("GIF89a".getBytes(StandardCharsets.US_ASCII))
                .post("/v1/models/fashion:classify-image")
                .then()
                .statusCode(415);
        given().contentType(JSON)
                .body("{}")
                .post("/v1/models/..%2F..%2Fetc:predict")
                .then()
                .statusCode(404);
        given().get("/v3/nothing").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Content-Type: text/plain\r\n",
                "Content-Type: text/plain;charset=UTF-8\r\n",
                "Content-Type: application/x-www-form-urlencoded\r\n"
            })
    void acceptsContentTypesOfTensorFlowServingClients(String contentType) throws IOException {
        String body = "{\"instances\":[" + json(TinyModel.image(1)) + "]}";
        String request = "POST /v1/models/fashion:predict HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + contentType
                + "Content-Length: " + body.length() + "\r\n\r\n" + body;
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("predictions");
        }
    }

    @Test
    void namesTheHeaderThatBinaryTensorsNeed() {
        String json = "{\"inputs\":[{\"name\":\"images\",\"shape\":[1,784],\"datatype\":\"FP32\","
                + "\"parameters\":{\"binary_data_size\":3136}}]}";
        for (byte[] body : List.of(
                join(json.getBytes(StandardCharsets.UTF_8), bytes(TinyModel.image(STRIP))),
                bytes(TinyModel.image(STRIP)))) {
            given().contentType("application/octet-stream")
                    .body(body)
                    .post("/v2/models/fashion/infer")
                    .then()
                    .statusCode(400)
                    .body("error", containsString("it needs the header Inference-Header-Content-Length"));
        }
        given().contentType("application/octet-stream")
                .header("Inference-Header-Content-Length", "many")
                .body(json.getBytes(StandardCharsets.UTF_8))
                .post("/v2/models/fashion/infer")
                .then()
                .statusCode(400)
                .body(
                        "error",
                        equalTo("Inference-Header-Content-Length must be an integer from 0 to the body's length,"
                                + " not 'many'"));
    }

    @Test
    void tooManyImagesAreRefusedAsSuch() {
        String limit = " must hold at most 100 images a request, that is 78400 numbers at 784 an image";
        String images = json(new float[784]) + ("," + json(new float[784])).repeat(100);
        given().contentType(JSON)
                .body("{\"instances\":[" + images + "]}")
                .post("/v1/models/fashion:predict")
                .then()
                .statusCode(400)
                .body("error", equalTo("instances" + limit));
        given().contentType(JSON)
                .body("{\"inputs\":[{\"name\":\"images\",\"shape\":[101,784],\"datatype\":\"FP32\",\"data\":[0]}]}")
                .post("/v2/models/fashion/infer")
                .then()
                .statusCode(400)
                .body("error", equalTo("inputs[0]" + limit));
    }

    @Test
    void boundsBodies() throws IOException {
        given().contentType(JSON)
                .body(" ".repeat(9 << 20))
                .post("/v1/models/fashion:predict")
                .then()
                .statusCode(413)
                .body("error", equalTo("the body must be at most 8388608 bytes"));
        given().contentType(JSON)
                .header("Content-Encoding", "gzip")
                .body(Gzip.of(new byte[9 << 20]))
                .post("/v1/models/fashion:predict")
                .then()
                .statusCode(413);
        given().contentType(JSON)
                .header("Content-Encoding", "br")
                .body("{}")
                .post("/v1/models/fashion:predict")
                .then()
                .statusCode(415);
        given().contentType(JSON)
                .header("Content-Encoding", "gzip")
                .body(Gzip.of(("{\"instances\":[" + json(TinyModel.image(1)) + "]}").getBytes(StandardCharsets.UTF_8)))
                .post("/v1/models/fashion:predict")
                .then()
                .statusCode(200);
    }

    /** Not by REST-assured, which indents each body for its log: this one to gigabytes. */
    @Test
    void boundsDepth() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("/v1/models/fashion:predict"))
                .header("Content-Type", JSON)
                .POST(BodyPublishers.ofString("{\"instances\":" + "[".repeat(50_000)))
                .build();
        HttpResponse<String> response;
        try (HttpClient client = HttpClient.newHttpClient()) {
            response = client.send(request, BodyHandlers.ofString());
        }
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(JsonPath.from(response.body()).getString("error")).contains("nested deeper than 8");
    }

    @Test
    void neverUsesClientInputAsAMetricsLabel() {
        given().contentType(JSON)
                .body("{\"instances\":[" + json(TinyModel.image(2)) + "]}")
                .post("/v1/models/fashion:predict")
                .then()
                .statusCode(200);
        given().contentType(JSON)
                .body("{}")
                .post("/v1/models/made-up-by-a-caller:predict")
                .then()
                .statusCode(404);

        ValidatableResponse metrics =
                given().get(management.resolve("/q/metrics")).then().statusCode(200);
        metrics.body(containsString("catwalk_inference_seconds_bucket{"))
                .body(containsString("le=\"0.05\""))
                .body(containsString("catwalk_inference_phase_seconds_count{"))
                .body(containsString("catwalk_batch_size_count{"))
                .body(containsString("catwalk_queue_depth{"))
                .body(containsString("catwalk_predictions_total{"))
                .body(containsString("outcome=\"not_found\""));
        String custom = Arrays.stream(metrics.extract().asString().split("\n"))
                .filter(line -> line.startsWith("catwalk_"))
                .toList()
                .toString();
        assertThat(custom).doesNotContain("made-up-by-a-caller").contains("label=\"Pullover\"");
    }

    private static String json(float[] values) {
        return Arrays.toString(values);
    }

    private static byte[] bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
