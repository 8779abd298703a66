package io.catwalk.serving;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import io.catwalk.local.process.ProcessMemory;
import io.catwalk.objectstore.Blobs;
import org.junit.jupiter.api.Test;

/** A process that runs ONNX models alone. */
class OnnxOnlyIT extends RunningServing {
    @Test
    void loadsNoTensorFlow() throws IOException {
        service.close();
        service = startService(Map.of("CATWALK_ENGINE_CHOICE", "onnx"));
        broker = startBroker();
        service.awaitReady();
        promote(1, publish(1, 0, Optional.of(new Blobs(store()).put(TinyModel.onnx(0)))), 1);
        awaitVersion(1);

        for (int call = 0; call < 200; call++) {
            assertThat(predicted()).isEqualTo(STRIP);
        }
        assertThat(Files.readString(Path.of("/proc", Long.toString(service.pid()), "maps")))
                .contains("onnxruntime")
                .doesNotContain("tensorflow");
        assertThat(ProcessMemory.residentMebibytes(service.pid())).isLessThan(320);
        given().get(service.at("/v2/models/fashion")).then().body(containsString("onnxruntime_onnx"));

        promote(2, publish(2, 1), 2);
        await().atMost(TIMEOUT)
                .untilAsserted(() -> when().get(service.at("/v1/models/fashion/versions/2"))
                        .then()
                        .body(containsString("it has no ONNX export, and the engine of the model is onnx")));
        assertThat(predicted()).as("the label keeps its version").isEqualTo(STRIP);
    }
}
