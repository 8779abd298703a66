package io.catwalk.serving.protocol.http;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import java.time.Duration;
import java.util.Optional;

import io.catwalk.network.layer.ImageShape;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;
import io.catwalk.serving.TinyModel;
import io.catwalk.serving.registry.ModelRegistry;
import io.catwalk.serving.registry.ModelVersion;
import io.catwalk.serving.registry.Promotion;
import jakarta.inject.Singleton;

/** Puts models into the registry and the bucket of a service without broker and store. */
@Singleton
class PublishedModels {
    private final ModelRegistry registry;
    private final Blobs blobs;

    PublishedModels(ModelRegistry registry, Blobs blobs) {
        this.registry = registry;
        this.blobs = blobs;
    }

    /** Promotes a version of {@link TinyModel} to stable, and waits until it is served. */
    Digest serve(String name, long version, int shift, long entry) {
        Name model = new Name(name);
        return serve(model, version, blobs.put(TinyModel.archive(shift)), Optional.empty(), entry);
    }

    /** The same with an ONNX export. */
    Digest serveWithOnnx(String name, long version, int shift, long entry) {
        Digest onnx = blobs.put(TinyModel.onnx(shift));
        return serve(new Name(name), version, blobs.put(TinyModel.archive(shift)), Optional.of(onnx), entry);
    }

    /** Promotes any version to stable, and waits until it is served. */
    Digest serve(Name model, long version, Digest archive, Optional<Digest> onnx, long entry) {
        registry.publish(new ModelVersion(
                model, version, archive, onnx, Optional.empty(), new ImageShape(28, 28, 1), TinyModel.LABELS, entry));
        registry.promote(model, ModelRegistry.STABLE, new Promotion(version, archive, entry));
        awaitStable(model.value(), version);
        return archive;
    }

    static ModelVersion version(Name model, long version, Digest archive, long entry) {
        return new ModelVersion(
                model,
                version,
                archive,
                Optional.empty(),
                Optional.empty(),
                new ImageShape(28, 28, 1),
                TinyModel.LABELS,
                entry);
    }

    /** The first one starts TensorFlow. */
    static void awaitStable(String model, long version) {
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> given().get("/v1/models/" + model)
                        .then()
                        .statusCode(200)
                        .body("labels.stable", equalTo(Long.toString(version))));
    }
}
