package io.catwalk.system;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import io.catwalk.events.EventType;
import io.catwalk.local.StoreProcess;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;
import io.restassured.http.ContentType;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Test;

/** A copy of the bucket that was made while runs are on, restored into a stack without records, objects and caches. */
class RestoreIT {
    private static final String MODEL = "saved";
    private static final String GATE = "\"gate\": {\"maxRegression\": 1}";
    private static final String EIGHT_EPOCHS = "\"epochs\": 8, " + GATE;

    @Test
    void aCopyOfALivingBucketServesTheSameAndWhatWasOpenIsTakenUp() throws IOException {
        try (Pipeline pipeline = Pipeline.start("restore")) {
            pipeline.request("saved", MODEL, EIGHT_EPOCHS);
            pipeline.awaitServed(MODEL, 1);
            Answers first = answers(pipeline);
            requestARunThatWaits(pipeline);
            pipeline.request("open", MODEL, "\"epochs\": 24, \"checkpointInterval\": \"1s\", " + GATE);
            Instant before = awaitWork(pipeline);

            AtomicReference<String> weights = new AtomicReference<>();
            AtomicReference<Answers> second = new AtomicReference<>();
            BucketCopy copy = BucketCopy.of(StackHistory.store(pipeline.stack()), before, () -> {
                // Listings tell the second: what comes in the same one may be in the copy.
                await().until(() -> Instant.now().isAfter(before.plusSeconds(2)));
                putAgainWhatStands(pipeline, first.digest(), before);
                weights.set(pipeline.awaitTrained("open").getWeightsDigest());
                pipeline.awaitServed(MODEL, 2);
                second.set(answers(pipeline));
            });
            assertThat(copy.has("runs/open/journal/00000003.json")).isTrue();
            assertThat(copy.has("models/%s/versions/2.json".formatted(MODEL))).isFalse();
            StackHistory.requireClean(pipeline.stack(), Optional.empty());

            pipeline.stop();
            empty(pipeline);
            restore(pipeline, copy);
            pipeline.start();
            pipeline.hearAnew();

            pipeline.awaitServed(MODEL, 1);
            assertThat(answers(pipeline)).isEqualTo(first);
            republish(pipeline);
            assertThat(pipeline.awaitTrained("open").getWeightsDigest()).isEqualTo(weights.get());
            assertThat(pipeline.awaitPublished("open").getVersion()).isEqualTo(2);
            pipeline.awaitServed(MODEL, 2);
            assertThat(answers(pipeline)).isEqualTo(second.get());
            when().get(pipeline.training("/runs/late")).then().statusCode(404);
            ingestWhatTheOtherRunWaitsFor(pipeline);
            assertThat(pipeline.topics().of(EventType.TRAINING_STARTED))
                    .extracting(started -> started.payload().getRunId())
                    .doesNotContain("saved", "late");
        }
    }

    /** The same files as another dataset, and the same run as another model: their blobs aren't of before any more. */
    private static void putAgainWhatStands(Pipeline pipeline, String modelDigest, Instant before) {
        ingest(pipeline, "twin", pipeline.source(Pipeline.DATASET, 1));
        pipeline.request("late", "late", EIGHT_EPOCHS);
        assertThat(pipeline.awaitTrained("late").getModelDigest()).isEqualTo(modelDigest);
        ObjectKey model = Artifacts.blob(Digest.parse(modelDigest));
        assertThat(StackHistory.store(pipeline.stack()).list(new Folder("blobs/")))
                .filteredOn(blob -> blob.key().equals(model))
                .allSatisfy(blob -> assertThat(blob.lastModified()).isAfter(before))
                .hasSize(1);
    }

    private static void requestARunThatWaits(Pipeline pipeline) {
        pipeline.send(
                "training-requested",
                "{\"runId\": \"waits\", \"dataset\": \"later\", \"model\": \"later\", \"epochs\": 1}");
        await().atMost(Pipeline.TIMEOUT)
                .untilAsserted(() -> when().get(pipeline.training("/runs/waits"))
                        .then()
                        .statusCode(200)
                        .body("state", is("waiting")));
    }

    /** A time of the store's clock before which the open run has entries of its work. */
    private static Instant awaitWork(Pipeline pipeline) {
        ObjectStore store = StackHistory.store(pipeline.stack());
        Folder journal = new Folder("runs/open/journal/");
        AtomicReference<Instant> time = new AtomicReference<>(store.time());
        await().atMost(Pipeline.TIMEOUT).pollInterval(Duration.ofMillis(50)).until(() -> {
            time.set(store.time());
            return store.list(journal).stream()
                            .filter(entry -> entry.lastModified().isBefore(time.get()))
                            .count()
                    >= 4;
        });
        when().get(pipeline.training("/runs/open")).then().body("state", is("running"));
        return time.get();
    }

    private static void empty(Pipeline pipeline) throws IOException {
        for (Path folder : List.of(
                pipeline.data().resolve("broker"),
                pipeline.data().resolve("store"),
                pipeline.data().resolveSibling("cache"))) {
            assertThat(folder).isDirectory();
            FileUtils.deleteDirectory(folder.toFile());
        }
    }

    private static void restore(Pipeline pipeline, BucketCopy copy) throws IOException {
        List<String> keys = StackHistory.keys(pipeline.stack());
        Path folder = Files.createDirectories(pipeline.data().resolve("store"));
        try (StoreProcess process = StoreProcess.start(folder, keys.get(0), keys.get(1))) {
            copy.restoreTo(StackHistory.store(pipeline.stack(), process.endpoint()));
        }
    }

    private static void republish(Pipeline pipeline) {
        for (URI service : List.of(
                pipeline.ingestion("/republish"), pipeline.training("/republish"), pipeline.evaluation("/republish"))) {
            await().atMost(Pipeline.TIMEOUT)
                    .untilAsserted(() -> given().post(service)
                            .then()
                            .statusCode(200)
                            .body("published", greaterThanOrEqualTo(1))
                            .body("unreadable", hasSize(0)));
        }
    }

    private static void ingestWhatTheOtherRunWaitsFor(Pipeline pipeline) {
        when().get(pipeline.training("/runs/waits")).then().statusCode(200).body("state", is("waiting"));
        ingest(pipeline, "later", pipeline.source("later", 3));
        pipeline.awaitTrained("waits");
    }

    private static void ingest(Pipeline pipeline, String dataset, Path source) {
        given().contentType(ContentType.JSON)
                .body("""
                        {"dataset": "%s", "source": {"folder": "%s"}, "validationSize": %d}""".formatted(dataset, source, BarPictures.VALIDATION))
                .post(pipeline.ingestion("/datasets"))
                .then()
                .statusCode(202);
    }

    /** Who answers, and all probabilities of all classes' pictures. */
    private static Answers answers(Pipeline pipeline) {
        List<List<Float>> probabilities = IntStream.range(0, 10)
                .mapToObj(label -> given().contentType(ContentType.JSON)
                        .urlEncodingEnabled(false)
                        .body("{\"instances\": [%s]}".formatted(Arrays.toString(BarPictures.values(label))))
                        .post(pipeline.serving("/v1/models/" + MODEL + ":predict"))
                        .then()
                        .statusCode(200)
                        .extract()
                        .<List<Float>>path("predictions[0]"))
                .toList();
        return new Answers(pipeline.classify(MODEL, 0).digest(), probabilities);
    }

    private record Answers(String digest, List<List<Float>> probabilities) {}
}
