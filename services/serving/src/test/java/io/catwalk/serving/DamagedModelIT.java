package io.catwalk.serving;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.catwalk.network.export.SavedModelExport;
import io.catwalk.network.export.onnx.OnnxExport;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promotions to damaged and unfit models: the version before goes on, status and metrics say why, and the next good one is served. */
class DamagedModelIT extends RunningServing {
    @Tag("fault-19")
    @Tag("fault-22")
    @ParameterizedTest
    @ValueSource(strings = {"tensorflow", "onnx"})
    void isRefusedBeforeTraffic(String engine) {
        service.close();
        service = startService(Map.of("CATWALK_ENGINE_CHOICE", engine));
        broker = startBroker();
        service.awaitReady();
        boolean onnx = engine.equals("onnx");
        promote(1, publish(1, 0, onnx ? Optional.of(put(TinyModel.onnx(0), TinyModel.onnx(0))) : Optional.empty()), 1);
        awaitVersion(1);
        List<DamagedModel> all = onnx
                ? DamagedModel.of(TinyModel.onnx(1), TinyModel.archive(1), OnnxExport::model)
                : DamagedModel.of(TinyModel.archive(1), TinyModel.onnx(1), SavedModelExport::archive);
        long version = 1;
        for (DamagedModel damaged : all) {
            version++;
            Digest digest = put(damaged.named(), damaged.stored());
            promote(
                    version,
                    onnx
                            ? publish(version, TinyModel.archive(1), Optional.of(digest), Optional.empty())
                            : publish(version, damaged.named(), damaged.stored()),
                    version);
            awaitRefused(version, damaged);
            assertThat(predicted())
                    .as("the version before, after %s", damaged.name())
                    .isEqualTo(STRIP);
        }
        assertThat(metric("catwalk_model_load_failures_total", "refused").sum()).isGreaterThanOrEqualTo(all.size());
        assertThat(metric("catwalk_model_fallback", "stable").sum()).isEqualTo(all.size());
        when().get(service.management("/q/health/ready")).then().statusCode(200);

        version++;
        promote(
                version,
                publish(version, 2, onnx ? Optional.of(put(TinyModel.onnx(2), TinyModel.onnx(2))) : Optional.empty()),
                version);
        awaitVersion(version);
        assertThat(predicted()).isEqualTo(STRIP + 2);
        assertThat(metric("catwalk_model_fallback", "stable").sum()).isZero();
    }

    private void awaitRefused(long version, DamagedModel damaged) {
        await(damaged.name())
                .atMost(TIMEOUT)
                .untilAsserted(() -> when().get(service.at("/v1/models/fashion/versions/" + version))
                        .then()
                        .statusCode(200)
                        .body("model_version_status[0].state", is("END"))
                        .body("model_version_status[0].status.error_code", is("FAILED_PRECONDITION"))
                        .body("model_version_status[0].status.error_message", containsString(damaged.reason())));
        when().get(service.at("/v1/models/fashion")).then().body("labels.stable", is("1"));
    }

    /** Publishes a version whose archive in the store isn't what its digest names. */
    private Digest publish(long version, byte[] named, byte[] stored) {
        Digest digest = publish(version, named, Optional.empty(), Optional.empty());
        // The service loads it once it is promoted.
        store().put(Artifacts.blob(digest), stored);
        return digest;
    }

    private Digest put(byte[] named, byte[] stored) {
        Digest digest = new Blobs(store()).put(named);
        store().put(Artifacts.blob(digest), stored);
        return digest;
    }
}
