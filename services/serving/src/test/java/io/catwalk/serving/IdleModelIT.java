package io.catwalk.serving;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

import io.catwalk.local.StoreProcess;
import io.catwalk.objectstore.Blobs;
import io.restassured.http.ContentType;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.Test;

/** A version without requests leaves memory, and comes back with the next one. */
class IdleModelIT extends RunningServing {
    @Test
    void isUnloadedAndLoadedAgain() throws IOException {
        service.close();
        service = startService(Map.of("CATWALK_LOADING_IDLE_TIMEOUT", "1s"));
        broker = startBroker();
        service.awaitReady();
        promote(1, publish(1, 0, Optional.of(new Blobs(store()).put(TinyModel.onnx(0)))), 1);
        awaitVersion(1);
        assertThat(predicted()).isEqualTo(STRIP);

        awaitUnloaded();
        when().get(service.at("/v2/models/fashion/ready")).then().statusCode(200);
        assertThat(predicted()).isEqualTo(STRIP);
        assertThat(loaded()).isEqualTo(1);

        awaitUnloaded();
        store.close();
        assertThat(predicted()).as("from the local cache").isEqualTo(STRIP);

        awaitUnloaded();
        PathUtils.cleanDirectory(top.resolve("cache"));
        given().contentType(ContentType.JSON)
                .body(BODY)
                .post(service.at("/v1/models/fashion:predict"))
                .then()
                .statusCode(503)
                .body("error", containsString("the model was idle and can't be loaded again now: "));

        store = StoreProcess.start(top.resolve("store"), store.port(), "catwalk", SECRET_KEY);
        await().atMost(TIMEOUT).untilAsserted(() -> assertThat(predicted()).isEqualTo(STRIP));
    }

    private void awaitUnloaded() {
        await().atMost(TIMEOUT).until(() -> loaded() == 0);
    }

    private double loaded() {
        return metric("catwalk_models_loaded").sum();
    }
}
