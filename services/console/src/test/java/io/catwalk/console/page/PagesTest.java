package io.catwalk.console.page;

import static io.catwalk.console.ConsoleProfile.EVALUATION;
import static io.catwalk.console.ConsoleProfile.INGESTION;
import static io.catwalk.console.ConsoleProfile.SERVING;
import static io.catwalk.console.ConsoleProfile.TRAINING;
import static io.catwalk.console.ConsoleProfile.cookie;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.catwalk.console.ConsoleProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What pages make of what services answer, and of what they don't. */
@QuarkusTest
@TestProfile(ConsoleProfile.class)
class PagesTest {
    private static final String RUN = """
            {"runId": "r1", "state": "running", "reason": "", "accepted": "2026-11-30T10:00:00Z",
             "request": {"dataset": "shoes", "model": "fashion", "network": "resnet-small", "seed": "7", "layers": [],
                         "checkpointInterval": "30s"},
             "step": 50, "totalSteps": 100, "epoch": 1, "attempts": 1,
             "latest": {"epoch": 1, "validation": {"loss": 0.5, "accuracy": 0.8125}},
             "progress": {"epoch": 2, "epochs": 2, "accuracy": 0.9, "imagesPerSecond": 1234.5, "remainingSeconds": 75.0}}""";

    @BeforeEach
    void forget() {
        ConsoleProfile.forget();
    }

    private static RequestSpecification operator() {
        return given().redirects()
                .follow(false)
                .header("Accept", "text/html")
                .header("Origin", "http://127.0.0.1:" + RestAssured.port)
                .header("Cookie", cookie(ConsoleProfile.OPERATOR));
    }

    @Test
    void thePipelineShowsWhatIsOn() {
        INGESTION.answer(
                "/jobs",
                200,
                "{\"asOf\": \"2026-11-30T10:00:00Z\", \"open\": {\"ingestions\": {\"running\": 0, \"open\": 0, \"waiting\": 3, \"unreadable\": 0}}}");
        TRAINING.answer("/runs", 200, "[" + RUN + "]");
        SERVING.answer("/v1/models", 200, "{\"models\": [\"fashion\"]}");
        operator()
                .get("/")
                .then()
                .statusCode(200)
                .body(containsString("<b>3</b> waiting"))
                .body(containsString("href=\"/runs/r1\""))
                .body(containsString("value=\"0.500\""))
                .body(containsString("1:15 min"))
                .body(containsString("href=\"/try/fashion\""))
                .body(containsString("broker is away"));
    }

    @Test
    void aServiceThatIsSilentOrGoneIsNamedAndHidesNoOther() {
        TRAINING.keepSilent("/jobs");
        TRAINING.keepSilent("/runs");
        EVALUATION.answer("/jobs", 503, "{\"error\": \"the store is unavailable; try again\"}");
        SERVING.answer("/v1/models", 200, "{\"models\": [\"fashion\"]}");
        operator()
                .get("/")
                .then()
                .statusCode(200)
                .body(containsString("training is away:</strong> it hasn&#39;t answered within 1000 ms"))
                .body(containsString("evaluation is away:</strong> the store is unavailable"))
                .body(containsString("href=\"/try/fashion\""));
    }

    @Test
    void anErrorIsAPageForPeople() {
        operator()
                .get("/dead-letters/9-9")
                .then()
                .statusCode(404)
                .contentType("text/html")
                .body(containsString("There is no such page"))
                .body(containsString("catwalk.console.live.kept"));
    }

    @Test
    void aRefusalIsShownInTheServicesWords() {
        TRAINING.answer("/runs", 403, "{\"error\": \"this needs the role viewer; key:olga has none\"}");
        operator()
                .get("/runs")
                .then()
                .statusCode(200)
                .body(containsString("this needs the role viewer; key:olga has none"));
    }

    @Test
    void whatServicesTellIsTextOnThePage() {
        TRAINING.answer("/runs", 200, "[" + RUN.replace("\"shoes\"", "\"<script>alert(1)</script>\"") + "]");
        operator()
                .get("/runs")
                .then()
                .body(not(containsString("<script>alert")))
                .body(containsString("&lt;script&gt;alert"));
    }

    @Test
    void runsAreFilteredByTextAndState() {
        TRAINING.answer(
                "/runs",
                200,
                "[" + RUN + "," + RUN.replace("\"r1\"", "\"other\"").replace("shoes", "hats") + "]");
        operator()
                .get("/runs?text=SHOE")
                .then()
                .body(containsString("/runs/r1\""))
                .body(not(containsString("/runs/other\"")));
        operator().get("/runs?state=failed").then().body(containsString("None of the newest 2 runs is like that"));
    }

    @Test
    void aRunsPageHasItsFiguresItsRequestAndItsJournal() {
        TRAINING.answer("/runs/r1", 200, RUN);
        TRAINING.answer(
                "/runs/r1/journal",
                200,
                "[{\"first\": 2, \"last\": 2, \"kind\": \"claimed\", \"from\": \"2026-11-30T10:00:01Z\", \"to\": \"2026-11-30T10:00:01Z\","
                        + " \"writer\": \"trainer-0\", \"epoch\": 0, \"note\": \"\"}]");
        operator()
                .get("/runs/r1")
                .then()
                .statusCode(200)
                .body(containsString("81.25 %"))
                .body(containsString("by trainer-0"))
                .body(containsString("Not evaluated"))
                .body(containsString("Cancel this run"))
                .body(containsString("data-run=\"r1\""));
        operator().get("/runs/none").then().statusCode(404).body(containsString("there is no such thing"));
    }

    @Test
    void aRunIsCancelledForAReason() {
        TRAINING.answer("/runs/r1/cancel", 202, "{}");
        operator()
                .formParam("reason", " too slow ")
                .post("/runs/r1/cancel")
                .then()
                .statusCode(303)
                .header("Location", containsString("/runs/r1"));
        assertThat(TRAINING.asked("/runs/r1/cancel"))
                .singleElement()
                .satisfies(asked -> assertThat(asked.body()).isEqualTo("{\"reason\":\"too slow\"}"));

        TRAINING.answer("/runs/r1", 200, RUN);
        TRAINING.answer("/runs/r1/cancel", 409, "{\"error\": \"the run has ended\"}");
        operator().formParam("reason", "").post("/runs/r1/cancel").then().body(containsString("the run has ended"));
    }

    @Test
    void aRunIsAskedForLikeAnotherWithChanges() {
        TRAINING.answer("/runs/r1", 200, RUN);
        TRAINING.answer("/networks", "text/plain", "conv 28x28x32");
        operator()
                .get("/runs/new?like=r1&resume=r1")
                .then()
                .statusCode(200)
                .body(containsString("value=\"7\""))
                .body(containsString("checkpointInterval"))
                .body(containsString("resumeFrom"))
                .body(not(containsString("&quot;layers&quot;")));

        TRAINING.answer("/runs", 202, "{\"runId\": \"r2\"}");
        operator()
                .formParam("dataset", "shoes")
                .formParam("model", "fashion")
                .formParam("epochs", "3")
                .formParam("learningRate", "1e-3")
                .formParam("more", "{\"augmentation\": {\"flip\": true}}")
                .post("/runs/new")
                .then()
                .statusCode(303)
                .header("Location", containsString("/runs/r2"));
        assertThat(TRAINING.asked("/runs").getLast().body())
                .isEqualTo(
                        "{\"augmentation\":{\"flip\":true},\"dataset\":\"shoes\",\"model\":\"fashion\",\"epochs\":3,\"learningRate\":0.001}");
    }

    @Test
    void whatIsNoRequestComesBackWithTheReason() {
        operator()
                .formParam("epochs", "many")
                .post("/runs/new")
                .then()
                .statusCode(400)
                .body(containsString("epochs is many, must be a number"));
        operator()
                .formParam("more", "[1]")
                .post("/runs/new")
                .then()
                .statusCode(400)
                .body(containsString("must be a JSON object"));
        TRAINING.answer("/runs", 400, "{\"error\": \"epochs is 0, must be 1 to 10000\"}");
        operator()
                .formParam("epochs", "0")
                .post("/runs/new")
                .then()
                .statusCode(400)
                .body(containsString("epochs is 0, must be 1 to 10000"));
    }

    @Test
    void aPromotionNamesWhatItChangesBeforeItIsAskedFor() {
        EVALUATION.answer(
                "/models/fashion",
                200,
                "{\"model\": \"fashion\", \"versions\": [1, 2], \"labels\": [{\"label\": \"stable\", \"target\": {\"version\": 1}, \"history\": []}]}");
        EVALUATION.answer(
                "/models/fashion/versions/2",
                200,
                "{\"version\": 2, \"runId\": \"r2\", \"test\": {\"accuracy\": 0.9}}");
        operator()
                .get("/models/fashion/labels/stable?version=2")
                .then()
                .statusCode(200)
                .body(containsString("version 1"))
                .body(containsString("Move stable to version 2"));
        assertThat(EVALUATION.asked("/models/fashion/labels/stable")).isEmpty();

        EVALUATION.answer("/models/fashion/labels/stable", 202, "{\"promotionId\": \"p1\"}");
        operator()
                .formParam("version", "2")
                .post("/models/fashion/labels/stable")
                .then()
                .statusCode(303);
        assertThat(EVALUATION.asked("/models/fashion/labels/stable"))
                .singleElement()
                .satisfies(asked -> assertThat(asked.body()).isEqualTo("{\"version\":\"2\"}"));
        operator().get("/models/fashion").then().statusCode(200).body(containsString("Make stable"));
    }

    @Test
    void whatIsStableIsNotOfferedToBecomeIt() {
        EVALUATION.answer(
                "/models/fashion",
                200,
                "{\"model\": \"fashion\", \"versions\": [1, 2], \"labels\": [{\"label\": \"stable\", \"target\": {\"version\": 2}, \"history\": []}]}");
        for (int version : List.of(1, 2)) {
            EVALUATION.answer(
                    "/models/fashion/versions/" + version,
                    200,
                    "{\"version\": " + version + ", \"runId\": \"r\", \"test\": {\"accuracy\": 0.9}}");
        }
        operator().get("/models/fashion/versions/1").then().statusCode(200).body(containsString("Make stable"));
        operator().get("/models/fashion/versions/2").then().statusCode(200).body(not(containsString("Make stable")));
    }

    @Test
    void reportsComeInASandbox() {
        EVALUATION.answer("/evaluations/r1/report.html", "text/html;charset=UTF-8", "<h1>Report</h1>");
        var answer = operator().get("/of/evaluation/evaluations/r1/report.html");
        assertThat(answer.headers().getValues("Content-Security-Policy"))
                .singleElement()
                .satisfies(policy ->
                        assertThat(policy).startsWith("sandbox; default-src 'none'; style-src 'unsafe-inline'"));
        answer.then().statusCode(200).body(equalTo("<h1>Report</h1>"));
        operator().get("/of/evaluation/models/fashion").then().statusCode(404);
        operator()
                .urlEncodingEnabled(false)
                .get("/of/evaluation/evaluations/..%2f..%2fmodels/report.html")
                .then()
                .statusCode(404);
        assertThat(EVALUATION.asked("/models/fashion")).isEmpty();
    }

    @Test
    void aPictureIsClassifiedByServing() {
        SERVING.answer("/v1/models/fashion/versions/1:classify-image", 200, "{\"version\": 1, \"predictions\": []}");
        given().header("Cookie", cookie(ConsoleProfile.PREDICTOR))
                .header("Origin", "http://127.0.0.1:" + RestAssured.port)
                .contentType("image/png")
                .body(new byte[] {1, 2, 3})
                .post("/try/fashion/versions/1")
                .then()
                .statusCode(200)
                .body("version", equalTo(1));
        SERVING.answer("/v1/models/fashion/versions/1:classify-image", 400, "{\"error\": \"the body is no picture\"}");
        given().header("Cookie", cookie(ConsoleProfile.PREDICTOR))
                .header("Origin", "http://127.0.0.1:" + RestAssured.port)
                .contentType("image/png")
                .body(new byte[] {1})
                .post("/try/fashion/versions/1")
                .then()
                .statusCode(400)
                .body("error", equalTo("the body is no picture"));
    }

    @Test
    void aDatasetShowsItsClassesAndEqualPictures() {
        INGESTION.answer("/datasets/shoes", 200, """
                {"dataset": "shoes", "newest": {"state": "ready"}, "history": [], "manifest": {"labelNames": ["boot", "clog"],
                 "imageShape": {"height": 8, "width": 8, "channels": 1}, "counts": {"train": {"images": 30, "perClass": [28, 2]},
                 "validation": {"images": 3, "perClass": [2, 1]}, "test": {"images": 11, "perClass": [10, 1]}}}}""");
        INGESTION.answer("/datasets/shoes/report", 200, """
                {"imbalance": 10.0, "unreadable": 0, "duplicates": {"repeated": 0, "testInTrain": 1, "validationInTrain": 0,
                 "testInValidation": 0, "contradictory": 1, "examples": [{"picture": "clog/9.png", "split": "test", "index": 0,
                 "label": 1, "first": "boot/3.png", "firstSplit": "train", "firstIndex": 17, "firstLabel": 0, "sameClass": false},
                 {"picture": "boot/5.png", "split": "test", "first": "boot/4.png", "firstSplit": "train", "sameClass": true}]}}""");
        INGESTION.answer("/datasets/shoes/images/test", 200, "{\"images\": []}");
        String page = operator()
                .get("/datasets/shoes")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(page)
                .contains("max=\"40\" value=\"40\" aria-label=\"All images of boot\"", "max=\"40\" value=\"4\"")
                .contains(
                        "/of/ingestion/datasets/shoes/images/test/0.png",
                        "/of/ingestion/datasets/shoes/images/train/17.png")
                .contains("test<br><b>clog</b>", "train<br><b>boot</b>", "class=\"contradict\"")
                .contains("<code>boot/5.png</code>")
                .doesNotContain("images/train/.png");
    }

    @Test
    void anArchiveIsHandedOnToIngestionAndADatasetAskedForOfIt() {
        INGESTION.answer("/uploads", 201, "{\"upload\": \"u1\"}");
        operator()
                .header("Accept", "application/json")
                .contentType("application/zip")
                .body("PK".repeat(100_000).getBytes(StandardCharsets.US_ASCII))
                .post("/datasets/uploads")
                .then()
                .statusCode(201)
                .body("upload", equalTo("u1"));
        assertThat(INGESTION.asked("/uploads"))
                .singleElement()
                .satisfies(asked -> assertThat(asked.body()).hasSize(200_000));

        INGESTION.answer("/datasets", 202, "{\"ingestionId\": \"i1\"}");
        operator()
                .formParam("dataset", "flowers")
                .formParam("upload", "u1")
                .formParam("height", "32")
                .formParam("width", "32")
                .formParam("channels", "3")
                .formParam("seed", "")
                .post("/datasets/new")
                .then()
                .statusCode(303);
        assertThat(INGESTION.asked("/datasets").getFirst().body())
                .isEqualTo("{\"dataset\":\"flowers\",\"source\":{\"upload\":\"u1\"},\"pictures\":"
                        + "{\"height\":\"32\",\"width\":\"32\",\"channels\":\"3\"}}");
    }

    @Test
    void aBodyThatIsNoUploadIsBoundedBeforeItComes() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
            socket.getOutputStream().write("""
                    POST /try/fashion/versions/1 HTTP/1.1\r
                    Host: 127.0.0.1:%1$d\r
                    Origin: http://127.0.0.1:%1$d\r
                    Content-Type: image/png\r
                    Content-Length: 16777217\r
                    Connection: close\r
                    \r
                    """.formatted(RestAssured.port).getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readNBytes(2000), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 403").contains("must be 0 to 16777216");
        }
    }
}
