package io.catwalk.training.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.Numbered;
import io.catwalk.local.ReplicaProcess;
import io.catwalk.objectstore.Name;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sweeps over HTTP and their channels, shared by trainers of which one dies, on a real broker and store.
 *
 * <p>The survivor is stopped until the other one, which consumes in a group of its own, has claimed the sweep.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SweepIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final String TRAINING = """
            "training": {"dataset": "bars", "model": "bars", "epochs": 9, "batchSize": 32, "checkpointInterval": "1s"}""";

    private final TrainingStack stack = TrainingStack.start();
    private final ReplicaProcess survivor = Trainers.start(
                    "survivor", "training", Optional.empty(), stack.environment())
            .awaitReady();

    @AfterAll
    void stop() {
        stack.stop(survivor);
    }

    @Test
    void eightTrialsOnTwoTrainersOfWhichOneIsKilledEndOnceEach() {
        try (ReplicaProcess victim = victim("rates", Optional.empty())) {
            survivor.signal("STOP");
            assertThat(victim.post("/sweeps", """
                    {"sweepId": "rates", %s, "halving": {"reductionFactor": 3}, "random": {"trials": 8},
                     "parallelRuns": 3, "parameters": [
                       {"field": "learningRate", "range": {"low": 0.0001, "high": 0.01, "scale": "log"}}]}""".formatted(TRAINING)).statusCode())
                    .isEqualTo(202);
            await().atMost(TIMEOUT).until(() -> !writers("rates").isEmpty());
            survivor.signal("CONT");
            await().atMost(TIMEOUT)
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> writers("rates").size() == 2 && ended("rates").size() >= 2);
            victim.kill();
        } finally {
            survivor.signal("CONT");
        }

        JsonNode sweep = awaitEnded("rates");
        assertThat(sweep.path("trials")).hasSize(8);
        assertThat(sweep.path("publishing").path("runId").asText()).isEqualTo("rates-best");
        assertThat(sweep.path("best").path("end").path("reached").path("epochs").asInt())
                .isGreaterThanOrEqualTo(3);
        assertThat(sweep.path("best").properties())
                .extracting(Map.Entry::getKey)
                .containsExactly("trial", "rung", "runId", "end");
        for (int trial = 1; trial <= 8; trial++) {
            assertThat(ended("rates")).contains("rates-%d-0".formatted(trial));
        }
        assertThat(stack.sweeps().find(new Name("rates")).orElseThrow().fold().attempts())
                .as("the one that was killed had claimed the sweep")
                .isEqualTo(2);
    }

    @Test
    void aSweepWhoseHolderDiesAtASeamGoesOn() {
        dieAt("append.result.before@1");
    }

    @Tag("soak")
    @ParameterizedTest
    @ValueSource(strings = {"trial.begin.before@1", "trial.begin.after@1", "trial.begin.before@4"})
    void aSweepWhoseHolderDiesAtAnyOtherSeamGoesOn(String seam) {
        dieAt(seam);
    }

    private void dieAt(String seam) {
        String sweep = "seam-" + seam.replaceAll("[^a-z0-9]", "-");
        survivor.signal("STOP");
        try (ReplicaProcess victim = victim(sweep, Optional.of(seam))) {
            victim.post("/sweeps", """
                    {"sweepId": "%s", %s, "halving": {"minEpochs": 3}, "parallelRuns": 2,
                     "parameters": [{"field": "learningRate", "values": [0.001, 0.002, 0.003]}]}""".formatted(sweep, TRAINING));
            await("death at " + seam).atMost(TIMEOUT).until(() -> !victim.isAlive());
            assertThat(victim.failure()).contains("exit code 137");
        } finally {
            survivor.signal("CONT");
        }
        awaitEnded(sweep);
    }

    @Test
    void aSweepIsCancelledWithItsRuns() {
        stack.send("sweep-requested", """
                {"sweepId": "long", "training": {"dataset": "bars", "model": "bars", "epochs": 10000, "batchSize": 32},
                 "parameters": [{"field": "learningRate", "values": [0.001, 0.002]}]}""");
        await().atMost(TIMEOUT)
                .until(() -> stack.jobs().find(new Name("long-1-0")).isPresent());
        assertThat(survivor.post("/sweeps/long/cancel", "{\"reason\": \"enough\"}")
                        .statusCode())
                .isEqualTo(202);
        stack.awaitClosed(new Name("long-1-0"));
        stack.awaitClosed(new Name("long-2-0"));
        await().atMost(TIMEOUT)
                .untilAsserted(
                        () -> assertThat(shown("long").path("reason").asText()).isEqualTo("enough"));
        assertThat(survivor.post("/sweeps/long/cancel", "").statusCode()).isEqualTo(409);
        assertThat(survivor.get("/sweeps/unknown").statusCode()).isEqualTo(404);
    }

    @Test
    void aRequestWithoutSenseIsRefused() {
        HttpResponse<String> refused = survivor.post("/sweeps", """
                {%s, "parameters": [{"field": "learningRate", "values": [0.1, 11]}]}""".formatted(TRAINING));
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("trial 2: learningRate is 11.0, must be above 0 and at most 10");

        stack.send("sweep-requested", """
                {"sweepId": "bad", %s, "parameters": [{"field": "colour", "values": [1, 2]}]}""".formatted(TRAINING));
        await().atMost(TIMEOUT)
                .until(() -> stack.deadLetters().stream().anyMatch(letter -> letter.contains("\"bad\"")));
    }

    private ReplicaProcess victim(String sweep, Optional<String> failpoint) {
        return Trainers.start("victim-" + sweep, "group-" + sweep, failpoint, stack.environment())
                .awaitReady();
    }

    /** The sweep as it is shown at its end; each of its runs has ended once then, and its end was published once. */
    private JsonNode awaitEnded(String sweep) {
        JsonNode shown = await().atMost(TIMEOUT)
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> shown(sweep),
                        now -> !Set.of("waiting", "open", "running")
                                .contains(now.path("state").asText()));
        assertThat(shown.path("state").asText()).as(shown.toString()).isEqualTo("completed");
        assertThat(ended(sweep))
                .containsExactlyInAnyOrderElementsOf(runs(sweep))
                .contains(sweep + "-best");
        runs(sweep)
                .forEach(run -> assertThat(results(run)).as("results of " + run).isEqualTo(1));
        await().atMost(TIMEOUT)
                .untilAsserted(() -> assertThat(stack.publishedOf("sweeps/" + sweep + "/").stream()
                                .map(event -> event.type().topic() + " " + event.id())
                                .distinct())
                        .hasSize(1)
                        .allMatch(published -> published.startsWith("sweep-completed ")));
        return shown;
    }

    private JsonNode shown(String sweep) {
        return JournalJson.parse(survivor.get("/sweeps/" + sweep).body());
    }

    private List<String> runs(String sweep) {
        return stack.runs().stream()
                .map(Name::value)
                .filter(id -> id.startsWith(sweep + "-"))
                .toList();
    }

    /** The trainers that have claimed any of its runs. */
    private Set<String> writers(String sweep) {
        return runs(sweep).stream()
                .flatMap(run -> stack.jobs().history(new Name(run)).stream())
                .filter(entry -> entry.entry().kind() == EntryKind.CLAIMED)
                .map(entry -> entry.entry().writer())
                .collect(Collectors.toSet());
    }

    private List<String> ended(String sweep) {
        return runs(sweep).stream().filter(run -> results(run) > 0).toList();
    }

    private long results(String run) {
        return stack.jobs().history(new Name(run)).stream()
                .map(Numbered::entry)
                .filter(entry -> entry.kind() == EntryKind.RESULT)
                .count();
    }
}
