package io.catwalk.evaluation.http;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.catwalk.dataset.ImageDimensions;
import io.catwalk.evaluation.FakeModels;
import io.catwalk.evaluation.Installation;
import io.catwalk.evaluation.TinyDataset;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.training.v1.TrainingCompleted;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Of 20 test images in two classes by turns, the first run's model is right on the first 17 and becomes version 1; the second's on
 * 12 and is refused; the third's on 19 and becomes version 2. A fourth was scored on other images, and what an older release kept
 * of the first is a fifth's.
 */
@QuarkusTest
@TestProfile(AtlasTest.OwnBucket.class)
class AtlasTest {
    @Inject
    ObjectStore store;

    @Inject
    FakeModels models;

    /** Another profile than that of {@link ServiceTest}, so that its bucket is its own. */
    public static final class OwnBucket extends ServiceProfile {}

    @BeforeEach
    void evaluate() throws Exception {
        if (get("/evaluations/older").statusCode() == 404) {
            Installation installation = new Installation(store);
            evaluate(installation, installation.trained("first", models.right(17)));
            evaluate(installation, installation.trained("second", models.right(12)));
            evaluate(installation, installation.trained("third", models.right(19)));
            Digest others = TinyDataset.store(
                    Installation.datasets(store), new Blobs(store), new ImageDimensions(1, 2, 1), index ->
                            new byte[] {(byte) (index + 1), (byte) (index % 2)});
            evaluate(installation, installation.trained("other", models.right(20), others));
            copyAsOfAnOlderRelease("first", "older");
        }
    }

    private static void evaluate(Installation installation, TrainingCompleted training) throws InterruptedException {
        installation.accept(training);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> get("/evaluations/" + training.getRunId()).then().body("state", is("succeeded")));
    }

    /** Such a release's reports have no confidences and no suspects. */
    private void copyAsOfAnOlderRelease(String evaluation, String copy) {
        Blobs blobs = new Blobs(store);
        String digest = get("/evaluations/" + evaluation).path("findings.reportDigest");
        String report = new String(blobs.read(Digest.parse(digest), 1 << 20), StandardCharsets.UTF_8);
        Digest older = blobs.put(report.replace("\"testConfidences\"", "\"other\"")
                .replace("\"suspects\"", "\"others\"")
                .getBytes(StandardCharsets.UTF_8));
        store.list(Artifacts.journal(JobKind.EVALUATION, new Name(evaluation))).forEach(entry -> {
            String content =
                    new String(store.read(entry.key(), 1 << 20).orElseThrow().content(), StandardCharsets.UTF_8);
            store.put(
                    Artifacts.journal(JobKind.EVALUATION, new Name(copy)).key(entry.name()),
                    content.replace(digest, older.toString()).getBytes(StandardCharsets.UTF_8));
        });
    }

    @Test
    void showsACellOfTheConfusionMatrix() {
        get("/evaluations/first/samples?label=1&predicted=0")
                .then()
                .statusCode(200)
                .body("runId", is("first"))
                .body("dataset", is("clothes"))
                .body("datasetDigest", startsWith("sha256:"))
                .body("total", is(2))
                .body("samples.index", equalTo(List.of(17, 19)))
                .body("samples.label", equalTo(List.of(1, 1)))
                .body("samples.predicted", equalTo(List.of(0, 0)))
                .body("samples.confidence", equalTo(List.of(1f, 1f)))
                .header("Link", nullValue());
        get("/evaluations/first/samples?label=0&predicted=0").then().body("total", is(9));
        get("/evaluations/first/samples?outcome=right").then().body("total", is(17));
    }

    @Test
    void leadsThroughAllMistakesTheMostConfidentFirst() {
        String next = get("/evaluations/second/samples?outcome=wrong&order=confidence&limit=5")
                .then()
                .statusCode(200)
                .body("total", is(8))
                .body("samples.index", equalTo(List.of(12, 13, 14, 15, 16)))
                .extract()
                .header("Link");
        assertThat(next)
                .isEqualTo(
                        "</evaluations/second/samples?outcome=wrong&order=confidence&limit=5&after=4>; rel=\"next\"");
        get(next.substring(1, next.indexOf('>')))
                .then()
                .body("samples.index", equalTo(List.of(17, 18, 19)))
                .header("Link", nullValue());
    }

    @Test
    void showsTheLabelsThatLookWrong() {
        get("/evaluations/first/suspects?limit=2")
                .then()
                .statusCode(200)
                .body("total", is(3))
                .body("thresholds.size()", is(2))
                .body("thresholds[0]", is(0.9f))
                .body("suspects.index", equalTo(List.of(17, 18)))
                .body("suspects[0].label", is(1))
                .body("suspects[0].suggested", is(0))
                .body("suspects[0].labelProbability", is(0f))
                .body("suspects[0].suggestedProbability", is(1f))
                .header("Link", is("</evaluations/first/suspects?limit=2&after=1>; rel=\"next\""));
    }

    @Test
    void showsWhatChangedAgainstTheChampionOrAnotherVersion() {
        get("/evaluations/third/changes")
                .then()
                .statusCode(200)
                .body("against.version", is(1))
                .body("against.runId", is("first"))
                .body("newlyRight", is(2))
                .body("newlyWrong", is(0))
                .body("samples.index", equalTo(List.of(17, 18)))
                .body("samples[0].label", is(1))
                .body("samples[0].before", is(0))
                .body("samples[0].predicted", is(1))
                .body("samples[0].confidence", is(1f));
        get("/evaluations/second/changes?against=2&change=newly-wrong&limit=3")
                .then()
                .body("against.runId", is("third"))
                .body("newlyWrong", is(7))
                .body("samples.index", equalTo(List.of(12, 13, 14)))
                .header(
                        "Link",
                        is("</evaluations/second/changes?against=2&change=newly-wrong&limit=3&after=2>; rel=\"next\""));
        get("/evaluations/second/changes?change=newly-right").then().body("samples", equalTo(List.of()));
    }

    @Test
    void whatAnOlderReleaseKeptIsShownAsFarAsItGoes() {
        get("/evaluations/older/samples?outcome=wrong")
                .then()
                .statusCode(200)
                .body("samples.index", equalTo(List.of(17, 18, 19)))
                .body("samples[0]", not(hasKey("confidence")));
        get("/evaluations/older/samples?order=confidence")
                .then()
                .statusCode(409)
                .body("error", is("evaluation older was made by an older release, which kept no confidences"));
        get("/evaluations/older/suspects")
                .then()
                .statusCode(409)
                .body("error", is("evaluation older was made by an older release, which kept no suspected mislabels"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unknown/samples | 404 | no evaluation has that id",
                "A%20b/suspects | 404 | no evaluation has that id",
                "first/samples?label=2 | 400 | label is 2, must be 0 to 1",
                "first/samples?predicted=x | 400 | predicted is \"x\", must be 0 to 1",
                "first/samples?outcome=bad | 400 | outcome is \"bad\", must be one of right, wrong",
                "first/samples?order=size | 400 | order is \"size\", must be one of index, confidence",
                "first/samples?after=20 | 400 | after is 20, must be 0 to 19",
                "first/suspects?limit=1001 | 400 | limit is 1001, must be 1 to 1000",
                "first/changes | 404 | model fashion had no champion when run first was evaluated; against may name a version",
                "third/changes?against=7 | 404 | model fashion has no version 7",
                "third/changes?against=0 | 400 | against is 0, must be 1 to 2147483647",
                "third/changes?change=new | 400 | change is \"new\", must be one of newly-right, newly-wrong",
                "other/changes?against=1 | 409 | against is version 1, which was scored on another test set, of dataset clothes sha"
            })
    void namesWhatIsWrong(String path, int status, String error) {
        given().urlEncodingEnabled(false)
                .get("/evaluations/" + path)
                .then()
                .statusCode(status)
                .body("error", startsWith(error));
    }
}
