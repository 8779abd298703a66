package io.catwalk.system.open;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.catwalk.events.EventType;
import io.catwalk.system.BarPictures;
import io.catwalk.system.Pipeline;
import io.catwalk.system.SharedPipelines;
import io.catwalk.system.monitoring.Dashboard;
import io.catwalk.system.monitoring.Prometheus;
import io.catwalk.system.monitoring.Rules;
import io.catwalk.system.monitoring.Rules.Rule;
import io.catwalk.system.monitoring.Series;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every expression of every dashboard and rule, evaluated by a real Prometheus that scrapes a real pipeline at work: a run that
 * ends well, one that fails, one that the gate rejects, a dataset and a record that are refused, predictions, and a canary.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MonitoringIT {
    private static final String MODEL = "watched";
    private static final String ROLLOUT = "watched-canary";
    private static final Duration TIMEOUT = Duration.ofMinutes(1);
    private static final Duration STEP = Duration.ofSeconds(1);

    /** What may give nothing, and why. */
    private static final Map<String, String> EMPTY = Map.of(
            "catwalk_access_keys_file_valid", "callers need no key here; AccessIT has one",
            "catwalk_model_load_failures_total", "no load fails: what is published here is sound",
            "catwalk_store_seconds_count{outcome=~\"refused|unavailable\"}", "the store is there all the time",
            "outcome=\"dropped\"", "the broker takes all events");

    private final Pipeline pipeline = SharedPipelines.open();
    private final Instant start = Instant.now();
    private final Prometheus prometheus;

    MonitoringIT() throws IOException {
        this.prometheus =
                Prometheus.start(pipeline.stack(), Files.createTempDirectory(Path.of("target"), "prometheus-"));
    }

    @BeforeAll
    void work() throws IOException {
        refuse();
        pipeline.request(MODEL, MODEL, "\"epochs\": 10, \"testEachEpoch\": true");
        pipeline.awaitPublished(MODEL);
        pipeline.request(
                "watched-worse",
                MODEL,
                "\"epochs\": 1, \"learningRate\": 1e-9, \"gate\": {\"maxRegression\": 1, \"minTestAccuracy\": 1.0}");
        pipeline.topics()
                .await(EventType.MODEL_REJECTED, event -> event.getRunId().equals("watched-worse"));
        pipeline.request("watched-late", MODEL, "\"epochs\": 10000, \"deadline\": \"2s\"");
        pipeline.topics()
                .await(EventType.TRAINING_FAILED, event -> event.getRunId().equals("watched-late"));
        pipeline.awaitServed(MODEL, 1);
        await("predictions are scraped").atMost(TIMEOUT).untilAsserted(this::predictUntilScraped);
        fillTheWindowOfDrift();
        await("drift is scraped")
                .atMost(TIMEOUT)
                .untilAsserted(() ->
                        assertThat(prometheus.query("catwalk_drift_index")).isNotEmpty());
        rollOut();
    }

    /** The first version as a canary of the second. */
    private void rollOut() {
        pipeline.request(MODEL + "-2", MODEL, "\"epochs\": 11, \"gate\": {\"maxRegression\": 1}");
        pipeline.awaitServed(MODEL, 2);
        pipeline.send(
                "promotion-requested",
                "{\"promotionId\": \"%s\", \"model\": \"%s\", \"label\": \"canary\", \"version\": 1, \"weight\": 0.5}"
                        .formatted(ROLLOUT, MODEL));
        await("the canary is compared with stable").atMost(Pipeline.TIMEOUT).untilAsserted(() -> {
            for (int label = 0; label < 10; label++) {
                pipeline.classify(MODEL, label);
            }
            assertThat(numbers("catwalk_rollout_difference{metric=\"disagreement\"}"))
                    .isNotEmpty();
            assertThat(numbers("rate(catwalk_rollout_compared_total[1m]) > 0")).isNotEmpty();
        });
    }

    /** Images by the hundred, ten of each class. */
    private void fillTheWindowOfDrift() {
        String images = IntStream.range(0, 100)
                .mapToObj(image -> Arrays.toString(BarPictures.values(image % 10)))
                .collect(Collectors.joining(",", "{\"instances\": [", "]}"));
        for (int request = 0; request < 5; request++) {
            given().contentType(ContentType.JSON)
                    .urlEncodingEnabled(false)
                    .body(images)
                    .post(pipeline.serving("/v1/models/" + MODEL + ":predict"))
                    .then()
                    .statusCode(200);
        }
    }

    @AfterAll
    void stop() {
        given().contentType(ContentType.JSON)
                .body("{}")
                .post(pipeline.evaluation("/rollouts/" + ROLLOUT + "/cancel"))
                .then()
                .statusCode(202);
        prometheus.close();
    }

    private void refuse() throws IOException {
        pipeline.send("training-requested", "{\"dataset\": ");
        Path source = pipeline.source("watched-broken", 9);
        Files.write(source.resolve("train-labels-idx1-ubyte"), new byte[] {0});
        pipeline.send("dataset-requested", """
                {"ingestionId": "watched-broken", "dataset": "watched-broken", "source": {"folder": "%s"}}""".formatted(source));
        pipeline.topics()
                .await(EventType.DATASET_REJECTED, event -> event.getDataset().equals("watched-broken"));
    }

    private void predictUntilScraped() {
        pipeline.classify(MODEL, 3);
        given().contentType(ContentType.JSON)
                .urlEncodingEnabled(false)
                .body("{\"instances\": []}")
                .post(pipeline.serving("/v1/models/" + MODEL + ":predict"))
                .then()
                .statusCode(400);
        assertThat(prometheus.query(
                        "rate(catwalk_inference_seconds_count{outcome=\"ok\", model=\"%s\"}[1m]) > 0".formatted(MODEL)))
                .isNotEmpty();
        assertThat(prometheus.query("rate(catwalk_inference_seconds_count{outcome=\"bad_input\", model=\"%s\"}[1m]) > 0"
                        .formatted(MODEL)))
                .isNotEmpty();
    }

    static Stream<String> panelExpressions() {
        return Dashboard.all().stream()
                .flatMap(Dashboard::queries)
                .map(query -> query.expression("5m", "1m"))
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("panelExpressions")
    void eachPanelsExpressionGivesNumbers(String expression) {
        assertGivesNumbers(expression);
    }

    static Stream<Rule> recordings() {
        return Rules.all().stream().filter(rule -> !rule.alert());
    }

    @ParameterizedTest
    @MethodSource("recordings")
    void eachRecordingRuleRecordsNumbers(Rule rule) {
        assertGivesNumbers(rule.expression());
        assertGivesNumbers(rule.name());
    }

    static Stream<Rule> alerts() {
        return Rules.all().stream().filter(Rule::alert);
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void eachAlertLooksAtWhatIsThere(Rule rule) {
        prometheus.query(rule.expression());
        assertThat(rule.selectors()).isNotEmpty().allSatisfy(this::assertGivesNumbers);
    }

    @Test
    void whatHappenedHereIsAlerted() {
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(prometheus.query("ALERTS{alertstate=\"firing\"}").stream()
                                .map(series -> series.labels().get("alertname")))
                        .contains(
                                "CatwalkDeadLetters",
                                "CatwalkDatasetRejected",
                                "CatwalkGateFailed",
                                "CatwalkTrainingFailed"));
    }

    @Test
    void whatIsExcusedIsAsked() {
        Set<String> asked = Stream.concat(
                        panelExpressions(), Rules.all().stream().map(Rule::expression))
                .collect(Collectors.toSet());

        assertThat(EMPTY.keySet())
                .allSatisfy(excused -> assertThat(asked).anyMatch(expression -> expression.contains(excused)));
    }

    @Test
    void anExpressionThatIsNoneIsFound() {
        assertThatThrownBy(() -> prometheus.query("rate(catwalk_runs")).hasMessageContaining("parse error");
        assertThat(numbers("catwalk_no_such_metric")).isEmpty();
    }

    private void assertGivesNumbers(String expression) {
        if (EMPTY.keySet().stream().anyMatch(expression::contains)) {
            prometheus.query(expression);
        } else {
            await(expression)
                    .atMost(TIMEOUT)
                    .untilAsserted(
                            () -> assertThat(numbers(expression)).as(expression).isNotEmpty());
        }
    }

    private List<Series> numbers(String expression) {
        return prometheus.query(expression, start, Instant.now(), STEP).stream()
                .filter(Series::hasNumbers)
                .toList();
    }
}
