package io.catwalk.system;

import static io.restassured.RestAssured.when;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.catwalk.local.StackSettings;
import io.catwalk.local.StoreProcess;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.ObjectStore.ObjectSummary;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The installation's command, as it is built, on the bucket of a pipeline that goes on meanwhile. */
class RetentionIT {
    private static final String GATE = "\"gate\": {\"maxRegression\": 1}";

    @Tag("soak")
    @Test
    void whatIsNotNeededGoesAndRunsAndPredictionsGoOn() throws Exception {
        try (Pipeline pipeline = Pipeline.start("retention")) {
            ObjectStore store = StackHistory.store(pipeline.stack());
            Digest nobodys = old(pipeline, store);
            pipeline.request(
                    "open",
                    "other",
                    "\"continueFrom\": \"origin\", \"epochs\": 40, \"checkpointInterval\": \"1s\", " + GATE);
            await().atMost(Pipeline.TIMEOUT)
                    .until(() -> !checkpoints(store, "open").isEmpty());
            assertThat(apply(pipeline)).contains("\"delete\":false").contains("\"deleted\":0");
            assertThat(store.exists(Artifacts.blob(nobodys))).isTrue();
            assertThat(apply(pipeline, "--delete")).contains("\"delete\":true");

            assertThat(store.exists(Artifacts.blob(nobodys))).isFalse();
            assertThat(checkpoints(store, "first")).isEmpty();
            assertThat(store.list(Artifacts.tensorBoard(new Name("first")))).isEmpty();
            assertThat(checkpoints(store, "origin")).isNotEmpty();
            pipeline.stack().kill("training");
            pipeline.stack().restart("training");
            pipeline.stack().kill("serving");
            pipeline.stack().restart("serving");
            pipeline.awaitTrained("open");
            pipeline.awaitServed("first", 1);
            assertThat(pipeline.classify("first", 3).version()).isEqualTo(1);
            refuses(pipeline);
        }
    }

    /** Two runs that ended long ago, and a blob that nothing names. */
    private static Digest old(Pipeline pipeline, ObjectStore store) throws IOException {
        List<Name> runs = List.of(new Name("first"), new Name("origin"));
        for (Name run : runs) {
            pipeline.request(run.value(), run.value(), "\"epochs\": 2, " + GATE);
        }
        for (Name run : runs) {
            pipeline.awaitServed(run.value(), 1);
            for (JobKind kind : List.of(JobKind.RUN, JobKind.EVALUATION)) {
                await().atMost(Pipeline.TIMEOUT)
                        .until(() -> !store.exists(Artifacts.open(kind).key(run.value())));
            }
        }
        Digest nobodys = new Blobs(store).put("nobody's".getBytes(UTF_8));
        age(pipeline, store.list(Artifacts.blobs()));
        for (Name run : runs) {
            age(
                    pipeline,
                    List.of(store.list(Artifacts.journal(JobKind.RUN, run)).getLast()));
            age(pipeline, store.list(Artifacts.heartbeats(JobKind.RUN, run)));
        }
        return nobodys;
    }

    private static void age(Pipeline pipeline, List<ObjectSummary> objects) throws IOException {
        Path bucket = pipeline.data().resolve("store").resolve("buckets").resolve(StoreProcess.BUCKET);
        for (ObjectSummary object : objects) {
            Files.setLastModifiedTime(
                    bucket.resolve(object.key().path()),
                    FileTime.from(Instant.now().minus(Duration.ofDays(60))));
        }
    }

    private static void refuses(Pipeline pipeline) {
        pipeline.request("late", "late", "\"continueFrom\": \"first\", \"epochs\": 1, " + GATE);
        await().atMost(Pipeline.TIMEOUT)
                .untilAsserted(() -> when().get(pipeline.training("/runs/late"))
                        .then()
                        .statusCode(200)
                        .body("state", is("failed"))
                        .body("reason", containsString("continueFrom is first, whose weights can't be used")));
    }

    private static List<ObjectSummary> checkpoints(ObjectStore store, String run) {
        return store.list(Artifacts.checkpoints(new Name(run)));
    }

    /** @return its report, as JSON */
    private static String apply(Pipeline pipeline, String... more) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                StackSettings.ownRoot()
                        .resolve("services/installation/target/quarkus-app/quarkus-run.jar")
                        .toString(),
                "apply-retention",
                "--checkpoints-after=P30D",
                "--event-files-after=P30D",
                "--json"));
        words.addAll(List.of(more));
        List<String> keys = Files.readAllLines(pipeline.data().resolve("store-keys"));
        Path log = pipeline.data().resolve("retention.log");
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment()
                .putAll(Map.of(
                        "CATWALK_STORE_ENDPOINT", pipeline.stack().store().toString(),
                        "CATWALK_STORE_BUCKET", StoreProcess.BUCKET,
                        "CATWALK_STORE_ACCESS_KEY", keys.get(0),
                        "CATWALK_STORE_SECRET_KEY", keys.get(1)));
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(Pipeline.TIMEOUT.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        return printed;
    }
}
