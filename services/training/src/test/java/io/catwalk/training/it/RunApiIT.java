package io.catwalk.training.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.events.Event;
import io.catwalk.events.EventType;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.job.JobResult;
import io.catwalk.journal.job.WrittenJobs;
import io.catwalk.local.ReplicaProcess;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.training.tensorboard.ReadEvents;
import io.catwalk.training.v1.EpochCompleted;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The service over HTTP and its channels, on a real broker and store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunApiIT {
    /** Runs of a release without an index, before this one starts. */
    private static final int OLD = 7;

    private final TrainingStack stack = startWithOldRuns();
    private final ReplicaProcess trainer = Trainers.start("trainer", "training", Optional.empty(), stack.environment());

    @BeforeAll
    void ready() {
        trainer.awaitReady();
    }

    @AfterAll
    void stop() {
        stack.stopWithout(unit -> unit.startsWith("runs/old-"), trainer);
    }

    @Test
    void aRunIsAskedForFollowedAndShown() {
        HttpResponse<String> asked = trainer.post("/runs", """
                {"dataset": "bars", "model": "bars", "epochs": 2, "batchSize": 32, "testEachEpoch": true}""");
        assertThat(asked.statusCode()).isEqualTo(202);
        Name run = new Name(json(asked).path("runId").asText());
        stack.awaitClosed(run);

        JsonNode shown = json(trainer.get("/runs/" + run));
        assertThat(shown.path("state").asText()).isEqualTo("completed");
        assertThat(shown.path("step").asLong()).isEqualTo(18);
        assertThat(shown.path("totalSteps").asLong()).isEqualTo(18);
        assertThat(shown.path("epoch").asInt()).isEqualTo(2);
        assertThat(shown.path("attempts").asInt()).isEqualTo(1);
        assertThat(shown.path("latest").path("validation").path("accuracy").asDouble())
                .isBetween(0.0, 1.0);
        assertThat(shown.path("model").path("modelDigest").asText()).startsWith("sha256:");
        assertThat(json(trainer.get("/runs")))
                .extracting(listed -> listed.path("runId").asText())
                .contains(run.value());

        List<String> curves =
                trainer.get("/runs/" + run + "/curves.csv").body().lines().toList();
        List<EpochCompleted> epochs = published(run, EventType.EPOCH_COMPLETED, EpochCompleted.class);
        assertThat(curves).hasSize(3);
        for (EpochCompleted epoch : epochs) {
            assertThat(curves.get(epoch.getEpoch()))
                    .startsWith(epoch.getEpoch() + "," + epoch.getTrain().getLoss() + ","
                            + epoch.getTrain().getAccuracy() + ",")
                    .contains("," + epoch.getTest().getLoss() + ",");
        }
        assertThat(trainer.post("/runs/" + run + "/cancel", "").statusCode()).isEqualTo(409);

        HttpResponse<byte[]> events =
                trainer.download(shown.path("links").path("tensorboard").asText());
        assertThat(events.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"events.out.tfevents." + run + "\"");
        assertThat(events.headers().firstValueAsLong("Content-Length")).hasValue(events.body().length);
        assertThat(ReadEvents.of(events.body()).scalars().get("loss/test"))
                .containsExactlyElementsOf(epochs.stream()
                        .sorted(Comparator.comparing(EpochCompleted::getEpoch))
                        .map(epoch -> (float) epoch.getTest().getLoss())
                        .toList());
    }

    @Test
    void pagesShowEveryRunOnceTheNewestFirst() {
        await().atMost(TrainingStack.TIMEOUT)
                .untilAsserted(() -> assertThat(trainer.get("/runs").headers().firstValue("Catwalk-Index"))
                        .isEmpty());
        // Runs of one second are in the order of their ids, so this one is first even when another came just before it.
        Name newest = new Name("0-newest");
        stack.request(newest, 1);
        stack.awaitClosed(newest);
        List<JsonNode> shown = new ArrayList<>();
        Optional<String> next = Optional.of("/runs?limit=2");
        while (next.isPresent()) {
            HttpResponse<String> page = trainer.get(next.get());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(json(page)).hasSizeBetween(1, 2);
            json(page).forEach(shown::add);
            next = page.headers().firstValue("Link").map(link -> link.replaceAll("<(.*)>; rel=\"next\"", "$1"));
        }
        assertThat(shown)
                .extracting(run -> run.path("runId").asText())
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        stack.runs().stream().map(Name::value).toList());
        assertThat(shown)
                .isSortedAccordingTo(Comparator.comparing((JsonNode run) ->
                                Instant.parse(run.path("accepted").asText()))
                        .reversed()
                        .thenComparing(run -> run.path("runId").asText()));
        assertThat(shown.getFirst().path("runId").asText()).isEqualTo(newest.value());
        assertThat(shown.getFirst().path("latest").path("epoch").asInt()).isEqualTo(1);
        assertThat(shown.getFirst().path("request").path("dataset").asText()).isEqualTo("bars");
    }

    @Tag("fault-38")
    @Test
    void aRunThatCannotBeReadIsShownAsSuchAndHidesNoOther() {
        await().atMost(TrainingStack.TIMEOUT).untilAsserted(() -> {
            List<String> states = new ArrayList<>();
            json(trainer.get("/runs?limit=1000"))
                    .forEach(run -> states.add(
                            run.path("runId").asText() + " " + run.path("state").asText()));
            assertThat(states)
                    .contains(
                            "old-0 completed",
                            "old-6 completed",
                            "old-garbage unreadable",
                            "old-large unreadable",
                            "old-later unreadable",
                            "old-newest unreadable",
                            "old-request unreadable");
        });
        Map<String, String> reasons = Map.of(
                "old-garbage", "runs/old-garbage/journal/1 isn't a known Entry",
                "old-large", "larger than 4194304 bytes",
                "old-later", "has schema 99; this release knows 2",
                "old-newest", "runs/old-newest/journal/2 isn't a known Entry",
                "old-request", "the request of run old-request");
        reasons.forEach((run, reason) -> {
            HttpResponse<String> one = trainer.get("/runs/" + run);
            assertThat(one.statusCode()).as(run).isEqualTo(200);
            assertThat(json(one).path("state").asText()).isEqualTo("unreadable");
            assertThat(json(one).path("reason").asText()).contains(reason);
            HttpResponse<String> curves = trainer.get("/runs/" + run + "/curves.csv");
            assertThat(curves.statusCode()).as(run).isEqualTo(409);
            assertThat(json(curves).path("error").asText())
                    .startsWith("run " + run + " can't be read: ")
                    .contains(run.equals("old-request") ? "a run's request" : reason);
            assertThat(trainer.post("/runs/" + run + "/cancel", "").statusCode())
                    .as(run)
                    .isEqualTo(409);
        });
        HttpResponse<String> used =
                trainer.post("/runs", "{\"runId\": \"old-garbage\", \"dataset\": \"bars\", \"model\": \"bars\"}");
        assertThat(used.statusCode()).isEqualTo(409);
        assertThat(json(used).path("error").asText())
                .startsWith("id is old-garbage, which belongs to one of runs that can't be read");
        JsonNode republished = json(trainer.post("/republish", ""));
        assertThat(republished.path("published").isInt()).isTrue();
        assertThat(republished.path("unreadable"))
                .hasSize(4)
                .anyMatch(run -> run.asText().equals("runs/old-garbage"));
        await().atMost(TrainingStack.TIMEOUT)
                .until(() -> metric("catwalk_runs{state=\"unreadable\"}")
                        == republished.path("unreadable").size());
    }

    @Test
    void aRunShowsWhatIsLeftUntilItIsCancelled() {
        Name run = new Name("cancelled");
        stack.request(run, 10_000);
        await().atMost(TrainingStack.TIMEOUT).untilAsserted(() -> {
            JsonNode shown = json(trainer.get("/runs/" + run));
            assertThat(shown.path("state").asText()).isEqualTo("running");
            assertThat(shown.path("progress").path("remainingSeconds").asDouble())
                    .isPositive();
            assertThat(metric("catwalk_training_remaining_seconds{run=\"cancelled\"}"))
                    .isPositive();
            assertThat(metric("catwalk_jobs_open{kind=\"run\"}")).isPositive();
            assertThat(metric("catwalk_jobs_claimed{kind=\"run\"}")).isPositive();
        });
        HttpResponse<String> cancelled = trainer.post("/runs/" + run + "/cancel", "{\"reason\": \"enough\"}");
        assertThat(cancelled.statusCode()).isEqualTo(202);
        assertThat(stack.awaitClosed(run).fold().result())
                .contains(new JobResult(JobResult.Outcome.CANCELLED, "enough"));
        assertThat(metric("catwalk_jobs_total{kind=\"run\",outcome=\"cancelled\"}"))
                .isPositive();
        assertThat(json(trainer.get("/runs/" + run)).path("reason").asText()).isEqualTo("enough");
    }

    @Tag("fault-11")
    @Test
    void oneEventAHundredTimesIsOneRun() {
        Name run = new Name("repeated");
        for (int i = 0; i < 100; i++) {
            stack.request(run, 1);
        }
        stack.awaitClosed(run);
        await().atMost(TrainingStack.TIMEOUT)
                .until(() -> metric("catwalk_events_total{outcome=\"repeated\",topic=\"training-requested\"}") >= 99);
        assertThat(stack.published(run)).hasSize(3);
        assertThat(stack.jobs().find(run).orElseThrow().fold().attempts()).isEqualTo(1);
    }

    @Test
    void whatIsNoRequestGoesToDeadLettersAndTheNextProceeds() {
        stack.send("training-requested", "{\"dataset\": \"bars\", \"model\": \"bars\", \"epochs\": -1}");
        stack.send("training-requested", "no JSON");
        Name run = new Name("clashing");
        stack.request(run, 1);
        stack.request(run, 2);
        Name next = new Name("after-poison");
        stack.request(next, 1);

        stack.awaitClosed(next);
        await().atMost(TrainingStack.TIMEOUT).until(() -> stack.deadLetters().size() == 3);
        assertThat(stack.deadLetters())
                .anyMatch(letter -> letter.contains("-1"))
                .anyMatch(letter -> letter.equals("no JSON"))
                .anyMatch(letter -> letter.contains("\"epochs\": 2"));
    }

    @Test
    void badRequestsOverHttpNameWhatIsWrong() {
        HttpResponse<String> bad =
                trainer.post("/runs", "{\"dataset\": \"bars\", \"model\": \"bars\", \"batchSize\": 0}");
        assertThat(bad.statusCode()).isEqualTo(400);
        assertThat(json(bad).path("error").asText()).isEqualTo("batchSize is 0, must be 1 to 8192");
        assertThat(trainer.get("/runs/unknown").statusCode()).isEqualTo(404);
        assertThat(trainer.get("/runs/unknown/tensorboard").statusCode()).isEqualTo(404);
        assertThat(trainer.get("/runs/..%2Fblobs").statusCode()).isIn(400, 404);
        assertThat(trainer.get("/runs?limit=0").statusCode()).isEqualTo(400);
        assertThat(json(trainer.get("/runs?limit=0")).path("error").asText())
                .isEqualTo("limit is 0, must be 1 to 1000");
        assertThat(json(trainer.get("/runs?limit=x")).path("error").asText())
                .isEqualTo("limit is \"x\", must be 1 to 1000");
        assertThat(trainer.get("/sweeps?limit=1001").statusCode()).isEqualTo(400);
        HttpResponse<String> after = trainer.get("/runs?after=r1");
        assertThat(after.statusCode()).isEqualTo(400);
        assertThat(json(after).path("error").asText()).startsWith("after is \"r1\", must be");
    }

    @Test
    void aRunWaitsForItsDataset() {
        Name run = new Name("waiting");
        stack.send("training-requested", "{\"runId\": \"waiting\", \"dataset\": \"later\", \"model\": \"bars\"}");
        await().atMost(TrainingStack.TIMEOUT)
                .until(() -> trainer.get("/runs/" + run).statusCode() == 200);
        JsonNode shown = json(trainer.get("/runs/" + run));
        assertThat(shown.path("state").asText()).isEqualTo("waiting");
        assertThat(shown.path("reason").asText()).isEqualTo("dataset later isn't ingested yet");
        HttpResponse<byte[]> events =
                trainer.download(shown.path("links").path("tensorboard").asText());
        assertThat(events.statusCode()).isEqualTo(200);
        assertThat(events.body()).isEmpty();
    }

    @Test
    void resultsAreRepublishedUnderTheirIds() {
        Name run = new Name("republished");
        stack.request(run, 1);
        stack.awaitClosed(run);
        List<String> before = ids(run);
        HttpResponse<String> republished = trainer.post("/republish", "");
        assertThat(republished.statusCode()).isEqualTo(200);
        assertThat(json(republished).path("published").asInt()).isPositive();
        assertThat(ids(run)).hasSize(before.size() + 1).hasSameElementsAs(before);
    }

    @Test
    void metricsHaveTheAgreedNames() {
        Name run = new Name("measured");
        stack.request(run, 1);
        stack.awaitClosed(run);
        String labels = "model=\"bars\",run=\"measured\",split=\"validation\"}";
        assertThat(metric("catwalk_training_accuracy{" + labels)).isBetween(0.0, 1.0);
        assertThat(metric("catwalk_training_loss{" + labels)).isPositive();
        assertThat(metric("catwalk_training_epoch{run=\"measured\"}")).isEqualTo(1);
        assertThat(metric("catwalk_training_epochs{run=\"measured\"}")).isEqualTo(1);
        assertThat(metric("catwalk_training_remaining_seconds{run=\"measured\"}"))
                .isZero();
        assertThat(metric("catwalk_training_learning_rate{run=\"measured\"}")).isEqualTo(0.001);
        assertThat(metric("catwalk_training_images_per_second{run=\"measured\"}"))
                .isPositive();
        assertThat(metric("catwalk_epoch_seconds{run=\"measured\"}")).isPositive();
        assertThat(metric("catwalk_store_seconds_bucket{operation=\"create\",outcome=\"ok\",le=\"30.0\"}"))
                .isPositive();
        assertThat(metric("catwalk_jobs_total{kind=\"run\",outcome=\"succeeded\"}"))
                .isPositive();
        await().atMost(TrainingStack.TIMEOUT).until(() -> metric("catwalk_runs{state=\"running\"}") == 0);
        assertThat(metric("catwalk_runs{state=\"completed\"}")).isEqualTo(-1);
    }

    private static TrainingStack startWithOldRuns() {
        TrainingStack stack = TrainingStack.start();
        WrittenJobs old = new WrittenJobs(stack.store(), JobKind.RUN);
        try {
            String request = "{\"dataset\": \"bars\", \"model\": \"bars\"}";
            for (int i = 0; i < OLD; i++) {
                old.closed("old-" + i, 3, request, "null");
            }
            old.mark(old.damaged("old-garbage", 1, "no entry"));
            old.damaged("old-large", 1, "x".repeat((4 << 20) + 1));
            old.open("old-newest", request);
            old.damaged("old-newest", 2, "no entry");
            old.damaged("old-later", 1, """
                    {"schema": 99, "kind": "accepted", "writer": "w", "nonce": "n", "published": 0, "fold": {}}""");
            old.closed("old-request", 2, "{\"dataset\": 5, \"epochs\": \"many\"}", "null");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return stack;
    }

    /** A series' value; -1 when it isn't there. */
    private double metric(String series) {
        return trainer.manage("/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElse(-1);
    }

    private List<String> ids(Name run) {
        return stack.published(run).stream().map(Event::id).toList();
    }

    private <M> List<M> published(Name run, EventType<?> type, Class<M> payload) {
        return stack.published(run).stream()
                .filter(event -> event.type().equals(type))
                .map(event -> payload.cast(event.payload()))
                .toList();
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JournalJson.parse(response.body());
    }
}
