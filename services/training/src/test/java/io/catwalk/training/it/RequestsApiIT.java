package io.catwalk.training.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.journal.JournalJson;
import io.catwalk.local.ReplicaProcess;
import io.catwalk.objectstore.Name;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the service accepts over HTTP and what it refuses, on a real broker and store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RequestsApiIT {
    /** Of layers; what is larger is no request at all to the server. */
    private static final int MEGABYTE = 1_000_000;

    private static final String RUN = "\"dataset\": \"bars\", \"model\": \"bars\", \"epochs\": 1";

    private final TrainingStack stack = TrainingStack.start();
    private final ReplicaProcess trainer = Trainers.start("strict", "training", Optional.empty(), stack.environment());

    @BeforeAll
    void ready() {
        trainer.awaitReady();
    }

    @AfterAll
    void stop() {
        stack.stop(trainer);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"Epochs\": 2 | Epochs is not a field of a training request; did you mean epochs?",
                "\"learning-rate\": 0.1 | learning-rate is not a field of a training request; did you mean learningRate?",
                "\"optimizer\": {\"adam\": {\"beta_one\": 0.5}} | optimizer.adam.beta_one is not a field of a training request; did you mean beta1?",
                "\"layers\": [{\"flatten\": {}}, {\"dense\": {\"unit\": 8}}] | layers[1].dense.unit is not a field of a training request; did you mean units?",
            })
    void aMisspeltFieldOfARunIsRefused(String field, String error) {
        assertRefused("/runs", "{\"runId\": \"misspelt\", %s, %s}".formatted(RUN, field), error);
        assertThat(trainer.get("/runs/misspelt").statusCode()).isEqualTo(404);
        assertRefused(
                "/sweeps",
                "{\"sweepId\": \"misspelt\", \"training\": {%s, %s}}".formatted(RUN, field),
                "training." + error.replace("a training request", "a sweep request"));
    }

    @Test
    void aMisspeltFieldOfASweepOrACancelIsRefused() {
        assertRefused(
                "/sweeps",
                """
                {"sweepId": "misspelt", "training": {%s}, "paralelRuns": 2,
                 "parameters": [{"field": "learningRate", "values": [0.1]}]}""".formatted(RUN),
                "paralelRuns is not a field of a sweep request; did you mean parallelRuns?");
        assertThat(trainer.get("/sweeps/misspelt").statusCode()).isEqualTo(404);

        assertThat(ask("/runs", "{\"runId\": \"kept\", \"dataset\": \"later\", \"model\": \"bars\"}")
                        .statusCode())
                .isEqualTo(202);
        assertRefused(
                "/runs/kept/cancel",
                "{\"reson\": \"enough\"}",
                "reson is not a field of a training cancel request; did you mean reason?");
        assertThat(stack.jobs().find(new Name("kept")).orElseThrow().fold().cancelled())
                .isEmpty();
    }

    @Test
    void theLinksOfAnAcceptedRequestAnswerAtOnce() {
        for (int i = 0; i < 5; i++) {
            HttpResponse<String> run = ask("/runs", "{\"dataset\": \"later\", \"model\": \"bars\"}");
            assertThat(run.statusCode()).isEqualTo(202);
            Map<String, JsonNode> links = links(run);
            assertThat(links).containsOnlyKeys("self", "curves", "tensorboard", "cancel");
            for (String shown : new String[] {"self", "curves", "tensorboard"}) {
                assertThat(trainer.get(links.get(shown).asText()).statusCode())
                        .as(shown)
                        .isEqualTo(200);
            }
            assertThat(trainer.post(links.get("cancel").asText(), "").statusCode())
                    .isEqualTo(202);

            HttpResponse<String> sweep = ask("/sweeps", """
                    {"training": {"dataset": "later", "model": "bars", "epochs": 1},
                     "parameters": [{"field": "learningRate", "values": [0.1, 0.2]}]}""");
            assertThat(sweep.statusCode()).isEqualTo(202);
            assertThat(trainer.get(links(sweep).get("self").asText()).statusCode())
                    .isEqualTo(200);
            assertThat(trainer.post(links(sweep).get("cancel").asText(), "").statusCode())
                    .isEqualTo(202);
        }
    }

    @Test
    void aUsedIdIsAConflictUnlessItIsTheSameRequestAgain() {
        double accepted = metric("accepted");
        double repeated = metric("repeated");
        String run = "{\"runId\": \"used\", \"dataset\": \"later\", \"model\": \"bars\", \"epochs\": %d}";
        assertThat(ask("/runs", run.formatted(1)).statusCode()).isEqualTo(202);
        assertThat(ask("/runs", run.formatted(1)).statusCode()).isEqualTo(202);
        // Each request's record is received too, before or after its journal has it: one run is accepted, once.
        await().atMost(TrainingStack.TIMEOUT).until(() -> metric("repeated") > repeated);
        await().atMost(TrainingStack.TIMEOUT).until(() -> metric("accepted") == accepted + 1);
        HttpResponse<String> other = ask("/runs", run.formatted(2));
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(error(other)).isEqualTo("id is used, which belongs to another request of runs; choose another id");
        assertThat(stack.jobs()
                        .find(new Name("used"))
                        .orElseThrow()
                        .fold()
                        .request()
                        .orElseThrow()
                        .path("epochs")
                        .asInt())
                .isEqualTo(1);

        String sweep = """
                {"sweepId": "used", "training": {"dataset": "later", "model": "bars", "epochs": 1},
                 "parameters": [{"field": "learningRate", "values": [%s]}]}""";
        assertThat(ask("/sweeps", sweep.formatted("0.1, 0.2")).statusCode()).isEqualTo(202);
        assertThat(ask("/sweeps", sweep.formatted("0.1, 0.2")).statusCode()).isEqualTo(202);
        assertThat(ask("/sweeps", sweep.formatted("0.1, 0.3")).statusCode()).isEqualTo(409);
        assertThat(stack.deadLetters()).noneMatch(letter -> letter.contains("used"));
    }

    @Test
    void aCancelOfAnUnknownIdMakesNothing() {
        HttpResponse<String> run = ask("/runs/unheard/cancel", "{\"reason\": \"enough\"}");
        assertThat(run.statusCode()).isEqualTo(404);
        assertThat(error(run)).isEqualTo("no run is named unheard");
        assertThat(ask("/sweeps/unheard/cancel", "").statusCode()).isEqualTo(404);
        assertThat(trainer.get("/runs?limit=1000").body()).doesNotContain("unheard");
        assertThat(stack.jobs().find(new Name("unheard"))).isEmpty();
        assertThat(stack.sweeps().find(new Name("unheard"))).isEmpty();
    }

    @Test
    void aMegabyteOfLayersIsRefusedWhateverItsShape() {
        String block = "{\"residualBlock\": {\"layers\": [";
        int deep = MEGABYTE / (block.length() + 3);
        assertTooMuch(block.repeat(deep) + "]}}".repeat(deep));
        assertTooMuch("{\"dense\": {\"units\": 8}}, ".repeat(MEGABYTE / 25) + "{\"flatten\": {}}");
        String nested = block.repeat(20) + "{\"dense\": {\"units\": 8}}" + "]}}".repeat(20);
        assertTooMuch((nested + ", ").repeat(MEGABYTE / (nested.length() + 2) - 1) + nested);
    }

    private void assertTooMuch(String layers) {
        HttpResponse<String> answer =
                ask("/runs", "{\"runId\": \"large\", %s, \"layers\": [%s]}".formatted(RUN, layers));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(error(answer)).isNotEmpty().hasSizeLessThan(1000);
        assertThat(trainer.get("/runs/large").statusCode()).isEqualTo(404);
    }

    private void assertRefused(String path, String body, String error) {
        HttpResponse<String> answer = ask(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(error(answer)).isEqualTo(error);
    }

    private double metric(String outcome) {
        String series = "catwalk_events_total{outcome=\"%s\",topic=\"training-requested\"}".formatted(outcome);
        return trainer.manage("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private HttpResponse<String> ask(String path, String body) {
        return trainer.post(path, body);
    }

    private static Map<String, JsonNode> links(HttpResponse<String> answer) {
        return JournalJson.parse(answer.body()).path("links").properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String error(HttpResponse<String> answer) {
        return JournalJson.parse(answer.body()).path("error").asText();
    }
}
