package io.catwalk.evaluation.rollout.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.evaluation.registry.LabelDecision;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.evaluation.rollout.PublishedVersions;
import io.catwalk.evaluation.rollout.ServingReplica;
import io.catwalk.evaluation.rollout.ServingReplica.Load;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.decision.DecisionEntry;
import io.catwalk.local.ReplicaProcess;
import io.catwalk.objectstore.Name;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rollouts over their channels and HTTP, on a real broker and store, with windows as serving tells them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RolloutIT {
    private static final Load GOOD = Load.of(100, 1);

    private final RolloutStack stack = RolloutStack.start();
    private final ReplicaProcess survivor =
            start("survivor", "evaluation", Optional.empty()).awaitReady();

    @AfterAll
    void stop() {
        survivor.close();
        stack.stop();
    }

    @Test
    void anEqualCanaryIsPromoted() {
        Name model = stack.publish("equal");
        Name id = new Name("equal-1");
        stack.send(
                "promotion-requested",
                "{\"promotionId\": \"equal-1\", \"model\": \"equal\", \"label\": \"canary\", \"version\": 2, \"weight\": 0.1}");

        stack.serveUntil(replica(model, "a"), GOOD, () -> stack.closed(id));

        assertThat(stack.weights(model)).containsExactly(0.1, 0.25, 0.5, 0.0);
        assertThat(stable(model)).isEqualTo(2);
        assertThat(stack.published(id))
                .containsExactly("rollout-started", "rollout-advanced", "rollout-advanced", "rollout-completed");
        JsonNode shown = shown(id);
        assertThat(shown.path("state").asText()).isEqualTo("completed");
        assertThat(shown.path("outcome").asText()).isEqualTo("promoted");
        assertThat(shown.path("weight").asDouble()).isZero();
        assertThat(shown.path("findings")).hasSize(2);
        JsonNode errors = shown.path("findings").get(0);
        assertThat(errors.path("metric").asText()).isEqualTo("errors");
        assertThat(errors.path("difference").path("upper").asDouble())
                .isLessThan(errors.path("margin").asDouble());
        assertThat(survivor.manage("/q/metrics").body()).contains("catwalk_rollouts_total{outcome=\"promoted\"");
    }

    @Test
    void aWorseCanaryIsRolledBack() {
        Name model = stack.publish("worse");
        Name id = new Name("worse-1");
        assertThat(survivor.post(
                                "/models/worse/labels/canary",
                                "{\"promotionId\": \"worse-1\", \"version\": 2, \"weight\": 0.1}")
                        .body())
                .contains("/rollouts/worse-1");

        stack.serveUntil(replica(model, "a"), Load.of(100, 10), () -> stack.closed(id));

        assertThat(shown(id).path("outcome").asText()).isEqualTo("rolled-back");
        assertThat(shown(id).path("reason").asText()).startsWith("errors: 10.00 % of ");
        assertThat(stack.weights(model)).containsExactly(0.1, 0.0);
        assertThat(stable(model)).isEqualTo(1);
    }

    /** At each seam the one that holds the rollout is killed; the other goes on, and each decision stands once. */
    @Test
    void aRolloutWhoseHolderDiesAtASeamGoesOn() {
        dieAt("rollout.label.after@2");
    }

    @Tag("soak")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "append.claimed.after@1",
                "append.progress.before@1",
                "append.progress.after@1",
                "rollout.label.before@1",
                "rollout.label.after@1",
                "append.progress.before@3",
                "append.progress.after@3",
                "append.progress.after@5",
                "rollout.label.before@4",
                "rollout.label.after@4",
                "rollout.label.after@5",
                "append.result.before@1",
                "append.result.after@1",
                "publish.rollout-completed.after@1"
            })
    void aRolloutWhoseHolderDiesAtAnyOtherSeamGoesOn(String seam) {
        dieAt(seam);
    }

    private void dieAt(String seam) {
        String name = "seam-" + seam.replaceAll("[^a-z0-9]", "-");
        Name model = stack.publish(name);
        Name id = new Name(name + "-1");
        ServingReplica serving = replica(model, "a");
        survivor.signal("STOP");
        try (ReplicaProcess victim = start(name, "own-" + name, Optional.of(seam))) {
            victim.awaitReady();
            stack.send("promotion-requested", """
                    {"promotionId": "%s", "model": "%s", "label": "canary", "version": 2, "weight": 0.1}""".formatted(id, model));
            stack.serveUntil(serving, GOOD, () -> !victim.isAlive());
            assertThat(victim.failure()).contains("exit code 137");
        } finally {
            survivor.signal("CONT");
        }

        stack.serveUntil(serving, GOOD, () -> stack.closed(id));

        assertThat(stack.weights(model)).containsExactly(0.1, 0.25, 0.5, 0.0);
        assertThat(stack.line(model, "canary"))
                .extracting(DecisionEntry::cause)
                .containsExactly(
                        "rollouts/" + id + "/0",
                        "rollouts/" + id + "/1",
                        "rollouts/" + id + "/2",
                        "rollouts/" + id + "/end");
        assertThat(stack.line(model, "stable"))
                .extracting(DecisionEntry::cause)
                .endsWith("promotions/back-" + name, "rollouts/" + id);
        assertThat(stack.published(id))
                .containsExactly("rollout-started", "rollout-advanced", "rollout-advanced", "rollout-completed");
    }

    @Test
    void aLostTopicHoldsNothingUp() {
        Name model = stack.publish("lost");
        Name id = new Name("lost-1");
        request("lost", "lost-1");
        ServingReplica serving = replica(model, "a");
        stack.serveUntil(serving, GOOD, () -> stack.weights(model).contains(0.25));

        stack.loseWindows();

        stack.serveUntil(serving, GOOD, () -> stack.closed(id));
        assertThat(shown(id).path("outcome").asText()).isEqualTo("promoted");
    }

    @Test
    void aReplicaThatFallsSilentHoldsAndThenRollsBack() {
        Name model = stack.publish("silent");
        Name id = new Name("silent-1");
        request("silent", "silent-1");
        await().atMost(RolloutStack.TIMEOUT).until(() -> !stack.weights(model).isEmpty());
        stack.tell(replica(model, "b").next("canary", GOOD, RolloutStack.STABLE));

        stack.serveUntil(replica(model, "a"), Load.of(1, 0), () -> stack.closed(id));

        assertThat(shown(id).path("outcome").asText()).isEqualTo("rolled-back");
        assertThat(shown(id).path("reason").asText()).startsWith("replica serving-b/b is silent for ");
        assertThat(stack.weights(model)).containsExactly(0.1, 0.0);
    }

    @Test
    void cancelsAndManualPromotionsEndIt() throws Exception {
        Name model = stack.publish("ended");
        request("ended", "ended-1");
        assertThat(survivor.post("/models/ended/labels/canary", "{\"version\": 2, \"weight\": 0.2}")
                        .statusCode())
                .as("a second one")
                .isEqualTo(409);
        stack.send(
                "promotion-requested",
                "{\"promotionId\": \"ended-2\", \"model\": \"ended\", \"label\": \"shadow\", \"version\": 2}");
        await().atMost(RolloutStack.TIMEOUT).until(() -> !stack.weights(model).isEmpty());
        assertThat(survivor.post("/rollouts/ended-1/cancel", "{\"reason\": \"enough\"}")
                        .statusCode())
                .isEqualTo(202);
        stack.awaitClosed(new Name("ended-1"));
        assertThat(shown(new Name("ended-1")).path("reason").asText()).isEqualTo("enough");
        assertThat(survivor.post("/rollouts/ended-1/cancel", "").statusCode()).isEqualTo(409);
        assertThat(stack.rollouts.find(new Name("ended-2"))).as("a dead letter").isEmpty();

        request("ended", "ended-3");
        await().atMost(RolloutStack.TIMEOUT).until(() -> stack.weights(model).size() == 3);
        PublishedVersions.point(stack.registry, model, Registry.STABLE, "promotions/by-hand", 2);

        stack.awaitClosed(new Name("ended-3"));
        assertThat(shown(new Name("ended-3")).path("outcome").asText()).isEqualTo("cancelled");
        assertThat(shown(new Name("ended-3")).path("reason").asText())
                .isEqualTo("promotions/by-hand has moved the label to version 2 meanwhile");
        assertThat(JournalJson.parse(survivor.get("/rollouts?limit=1000").body()))
                .extracting(rollout -> rollout.path("rolloutId").asText())
                .contains("ended-3", "ended-1");
    }

    @Test
    void requestsThatCannotBeMetAreRefused() {
        stack.publish("refused");

        assertThat(List.of(
                        answer("stable", "{\"version\": 2, \"weight\": 0.1}"),
                        answer("canary", "{\"version\": 2, \"weight\": 1}"),
                        answer("canary", "{\"version\": 2, \"weight\": 0}"),
                        answer("canary", "{\"version\": 1, \"weight\": 0.1}"),
                        answer("shadow", "{\"version\": 3}")))
                .containsExactly(
                        "400 weight is 0.1, must be left out: it is for the labels canary and shadow",
                        "400 weight is 1, must be below 1 for a canary: it is compared with what stable answers meanwhile",
                        "400 weight is 0.0, must be above 0 and at most 1",
                        "422 version is 1, must be another than stable's, 1",
                        "404 model refused has no version 3");
        assertThat(survivor.get("/rollouts/unknown").statusCode()).isEqualTo(404);
    }

    private ReplicaProcess start(String name, String group, Optional<String> failpoint) {
        return ReplicaProcess.start(name, group, failpoint, stack.environment(), "384m");
    }

    private String answer(String label, String body) {
        var answer = survivor.post("/models/refused/labels/" + label, body);
        return answer.statusCode() + " "
                + JournalJson.parse(answer.body()).path("error").asText();
    }

    private void request(String model, String id) {
        assertThat(survivor.post("/models/" + model + "/labels/canary", """
                        {"promotionId": "%s", "version": 2, "weight": 0.1}""".formatted(id))
                        .statusCode())
                .isEqualTo(202);
    }

    private JsonNode shown(Name id) {
        return JournalJson.parse(survivor.get("/rollouts/" + id).body());
    }

    private long stable(Name model) {
        return LabelDecision.target(stack.line(model, "stable")).orElseThrow().version();
    }

    private ServingReplica replica(Name model, String place) {
        return new ServingReplica(stack.registry, model, "serving-" + place + "/" + place);
    }
}
