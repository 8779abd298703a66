package io.catwalk.serving.protocol.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import java.net.URI;
import java.util.Arrays;
import java.util.Optional;

import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Name;
import io.catwalk.serving.TinyModel;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

/** What answers is chosen by version, and named in headers, metadata and metrics. */
@QuarkusTest
@TestProfile(ServiceProfile.class)
class EnginesTest {
    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Inject
    Blobs blobs;

    @Inject
    PublishedModels models;

    @Test
    void aVersionWithAnExportIsRunByOnnxRuntime() {
        models.serveWithOnnx("engine-onnx", 1, 4, 401);

        requireAnswer("engine-onnx", "onnx", 4);
        given().get("/v2/models/engine-onnx").then().body("platform", equalTo("onnxruntime_onnx"));
        given().get("/v2/models/engine-onnx/config").then().body("platform", equalTo("onnxruntime_onnx"));
        given().get(management.resolve("/q/metrics"))
                .then()
                .body(containsString("catwalk_inference_seconds_count{engine=\"onnx\",model=\"engine-onnx\""));
    }

    @Test
    void aVersionWithoutOneIsRunByTensorFlow() {
        models.serve("engine-tensorflow", 1, 4, 402);

        requireAnswer("engine-tensorflow", "tensorflow", 4);
        given().get("/v2/models/engine-tensorflow").then().body("platform", equalTo("tensorflow_savedmodel"));
    }

    /** The next version's engine doesn't depend on the one before. */
    @Test
    void aSwapChangesTheEngine() {
        models.serve("engine-swap", 1, 1, 403);
        models.serveWithOnnx("engine-swap", 2, 2, 404);
        requireAnswer("engine-swap", "onnx", 2);
        models.serve("engine-swap", 3, 3, 405);
        requireAnswer("engine-swap", "tensorflow", 3);
    }

    @Test
    void aDamagedExportLeavesTheModelToTensorFlow() {
        byte[] damaged = Arrays.copyOf(TinyModel.onnx(5), 1000);
        models.serve(
                new Name("engine-damaged"), 1, blobs.put(TinyModel.archive(5)), Optional.of(blobs.put(damaged)), 406);

        requireAnswer("engine-damaged", "tensorflow", 5);
    }

    private static void requireAnswer(String model, String engine, int shift) {
        StringBuilder values = new StringBuilder();
        for (float value : TinyModel.image(3)) {
            values.append(values.isEmpty() ? "" : ",").append(value);
        }
        var answer = given().contentType("application/json")
                .body("""
                        {"inputs": [{"name": "images", "shape": [1, 28, 28, 1], "datatype": "FP32", "data": [%s]}]}""".formatted(values))
                .post("/v2/models/" + model + "/infer")
                .then()
                .statusCode(200)
                .header("catwalk-engine", engine)
                .extract();
        var probabilities = answer.jsonPath().getList("outputs[0].data", Float.class);
        assertThat(probabilities.get((3 + shift) % 10)).isGreaterThan(0.9f);
    }
}
