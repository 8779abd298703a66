package io.catwalk.serving.protocol.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;
import io.catwalk.serving.TinyModel;
import io.catwalk.serving.registry.ModelRegistry;
import io.catwalk.serving.registry.Promotion;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ServiceProfile.class)
class ServingHttpTest {
    private static final String JSON = "application/json";
    private static final String BINARY = "application/octet-stream";
    private static final int STRIP = 3;

    @Inject
    ModelRegistry registry;

    @Inject
    Blobs blobs;

    @Inject
    PublishedModels models;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @TestHTTPResource
    URI address;

    private Digest digest;

    @BeforeEach
    void serveFashion() {
        RestAssured.urlEncodingEnabled = false;
        digest = models.serve("fashion", 1, 0, 1);
    }

    @Test
    void predictsInRowFormAndNamesTheVersion() {
        Response response = given().contentType(JSON)
                .body("{\"instances\":[" + json(TinyModel.image(STRIP)) + "," + json(TinyModel.image(7)) + "]}")
                .post("/v1/models/fashion:predict");

        response.then()
                .statusCode(200)
                .header("catwalk-model", "fashion")
                .header("catwalk-version", "1")
                .header("catwalk-digest", digest.toString())
                .body("predictions", hasSize(2))
                .body("predictions[0]", hasSize(10));
        assertThat(best(response, "predictions[0]")).isEqualTo(STRIP);
        assertThat(best(response, "predictions[1]")).isEqualTo(7);
    }

    @Test
    void predictsInColumnFormByVersionAndByLabel() {
        for (String path :
                List.of("/v1/models/fashion/versions/1:predict", "/v1/models/fashion/labels/stable:predict")) {
            Response response = given().contentType(JSON)
                    .body("{\"inputs\":{\"images\":[" + json(TinyModel.image(STRIP)) + "]}}")
                    .post(path);

            response.then().statusCode(200);
            assertThat(best(response, "outputs[0]")).isEqualTo(STRIP);
        }
    }

    @Test
    void infersInJson() {
        given().contentType(JSON)
                .body(
                        "{\"id\":\"q7\",\"inputs\":[{\"name\":\"images\",\"shape\":[1,28,28,1],\"datatype\":\"FP32\",\"data\":"
                                + json(TinyModel.image(STRIP)) + "}],\"outputs\":[{\"name\":\"probabilities\"},"
                                + "{\"name\":\"probabilities\",\"parameters\":{\"classification\":2}}]}")
                .post("/v2/models/fashion/versions/1/infer")
                .then()
                .statusCode(200)
                .body("id", equalTo("q7"))
                .body("model_name", equalTo("fashion"))
                .body("model_version", equalTo("1"))
                .body("parameters.digest", equalTo(digest.toString()))
                .body("outputs[0].datatype", equalTo("FP32"))
                .body("outputs[0].shape", contains(1, 10))
                .body("outputs[0].data", hasSize(10))
                .body("outputs[1].datatype", equalTo("BYTES"))
                .body("outputs[1].shape", contains(1, 2))
                .body("outputs[1].data[0]", containsString(":3:Dress"));
    }

    @Test
    void infersInBinaryWithTheSameProbabilitiesAsInJson() {
        byte[] json =
                ("{\"parameters\":{\"binary_data_output\":true},\"inputs\":[{\"name\":\"images\",\"shape\":[1,784],"
                                + "\"datatype\":\"FP32\",\"parameters\":{\"binary_data_size\":3136}}]}")
                        .getBytes(StandardCharsets.UTF_8);
        Response response = given().contentType(BINARY)
                .header("Inference-Header-Content-Length", json.length)
                .body(join(json, bytes(TinyModel.image(STRIP))))
                .post("/v2/models/fashion/infer");

        response.then().statusCode(200).contentType(BINARY);
        float[] probabilities = binaryOutput(response);
        List<Float> expected = given().contentType(JSON)
                .body("{\"instances\":[" + json(TinyModel.image(STRIP)) + "]}")
                .post("/v1/models/fashion:predict")
                .path("predictions[0]");
        assertThat(probabilities).hasSize(10);
        for (int index = 0; index < 10; index++) {
            assertThat(probabilities[index]).isEqualTo(expected.get(index), within(1e-6f));
        }
    }

    @Test
    void infersFromARawBody() {
        Response response = given().contentType(BINARY)
                .header("Inference-Header-Content-Length", 0)
                .body(bytes(TinyModel.image(5)))
                .post("/v2/models/fashion/infer");

        response.then().statusCode(200);
        assertThat(binaryOutput(response)[5]).isGreaterThan(0.5f);
    }

    @Test
    void returnsStatusAndMetadata() {
        given().get("/v1/models").then().statusCode(200).body("models", hasItem("fashion"));
        given().get("/v1/models/fashion")
                .then()
                .statusCode(200)
                .body("name", equalTo("fashion"))
                .body("ready", equalTo(true))
                .body("labels.stable", equalTo("1"))
                .body("model_version_status[0].version", equalTo("1"))
                .body("model_version_status[0].state", equalTo("AVAILABLE"))
                .body("model_version_status[0].status.error_code", equalTo("OK"));
        given().get("/v1/models/fashion/versions/1").then().statusCode(200);
        given().get("/v1/models/fashion/labels/stable").then().statusCode(200);
        given().get("/v1/models/fashion/metadata")
                .then()
                .statusCode(200)
                .body("model_spec.name", equalTo("fashion"))
                .body(
                        "metadata.signature_def.signature_def.serving_default.inputs.images.tensor_shape.dim.size",
                        contains("-1", "28", "28", "1"));
        given().get("/v2/models/fashion")
                .then()
                .statusCode(200)
                .body("versions", contains("1"))
                .body("platform", equalTo("tensorflow_savedmodel"))
                .body("inputs[0].shape", contains(-1, 28, 28, 1))
                .body("outputs[0].name", equalTo("probabilities"));
        given().get("/v2/models/fashion/config").then().statusCode(200).body("max_batch_size", equalTo(64));
        given().get("/v2/models/fashion/versions/1/ready").then().statusCode(200);
        given().get("/v2/models/fashion/versions/2/ready").then().statusCode(404);
        given().contentType(JSON)
                .body("{}")
                .post("/v2/repository/index")
                .then()
                .statusCode(200)
                .body("name", hasItem("fashion"));
    }

    @Test
    void returnsServerStatusAndMetadata() {
        given().get("/v2").then().statusCode(200).body("extensions", hasItems("binary_tensor_data", "classification"));
        given().get("/v2/health/live").then().statusCode(200);
        given().get("/v2/health/ready").then().statusCode(200);
        given().get(management.resolve("/q/health/ready")).then().statusCode(200);
        given().get("/q/openapi").then().statusCode(200).body(containsString("/v1/models/{model}:classify-image"));
    }

    @Test
    void servesANewPromotionAndARollback() {
        models.serve("swapped", 1, 0, 1);
        models.serve("swapped", 2, 1, 2);
        assertThat(predict("swapped")).isEqualTo(STRIP + 1);

        registry.promote(
                new Name("swapped"), ModelRegistry.STABLE, new Promotion(1, blobs.put(TinyModel.archive(0)), 3));
        PublishedModels.awaitStable("swapped", 1);
        assertThat(predict("swapped")).isEqualTo(STRIP);
    }

    @Test
    void reportsADamagedModelInTheStatusAndKeepsTheOldOne() {
        models.serve("damaged", 1, 0, 1);
        Name model = new Name("damaged");
        Digest missing = Digest.of("nowhere".getBytes(StandardCharsets.UTF_8));
        registry.publish(PublishedModels.version(model, 2, missing, 2));
        registry.promote(model, ModelRegistry.STABLE, new Promotion(2, missing, 2));

        await().untilAsserted(() -> given().get("/v1/models/damaged/versions/2")
                .then()
                .body("model_version_status[0].state", equalTo("END"))
                .body("model_version_status[0].status.error_code", equalTo("FAILED_PRECONDITION"))
                .body(
                        "model_version_status[0].status.error_message",
                        containsString("blob " + missing + " is missing")));
        assertThat(predict("damaged")).isEqualTo(STRIP);
        given().get(management.resolve("/q/metrics"))
                .then()
                .body(containsString("catwalk_model_load_failures_total{model=\"damaged\",reason=\"refused\"} 1.0"));
    }

    @Test
    void releasesTheResourcesOfDisconnectedClients() throws IOException {
        String body = "{\"instances\":[" + json(TinyModel.image(1)) + "]}";
        byte[] request = ("POST /v1/models/fashion:predict HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                        + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII);
        for (int client = 0; client < 600; client++) {
            try (Socket socket = new Socket(address.getHost(), address.getPort())) {
                socket.getOutputStream().write(request, 0, client % 2 == 0 ? request.length : request.length - 1);
            }
        }

        await().untilAsserted(() -> assertThat(predict("fashion")).isEqualTo(STRIP));
        await().untilAsserted(() -> given().get(management.resolve("/q/metrics"))
                .then()
                .body(containsString("catwalk_queue_depth{model=\"fashion\",version=\"1\"} 0.0")));
    }

    private static int predict(String model) {
        Response response = given().contentType(JSON)
                .body("{\"instances\":[" + json(TinyModel.image(STRIP)) + "]}")
                .post("/v1/models/" + model + ":predict");
        response.then().statusCode(200);
        return best(response, "predictions[0]");
    }

    private static int best(Response response, String path) {
        List<Float> probabilities = response.path(path);
        return probabilities.indexOf(probabilities.stream().max(Float::compare).orElseThrow());
    }

    private static String json(float[] values) {
        return Arrays.toString(values);
    }

    private static byte[] bytes(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private static float[] binaryOutput(Response response) {
        int jsonLength = Integer.parseInt(response.header("Inference-Header-Content-Length"));
        byte[] content = response.asByteArray();
        float[] values = new float[(content.length - jsonLength) / Float.BYTES];
        ByteBuffer.wrap(content, jsonLength, content.length - jsonLength)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
