package io.catwalk.evaluation.rollout.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.evaluation.rollout.replay.LoggedEvents;
import io.catwalk.journal.JournalJson;
import io.catwalk.local.ReplicaProcess;
import io.catwalk.objectstore.Name;
import io.catwalk.serving.v1.InferenceLogged;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Rollouts of models in ONNX Runtime that answer logged requests first, on a real broker and store. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayIT {
    private static final int REQUESTS = 240;
    private static final float RIGHT = 3;
    private static final float WRONG = -3;

    private final RolloutStack stack = RolloutStack.start();
    private final ReplicaProcess survivor =
            start("replay-survivor", "evaluation", Optional.empty()).awaitReady();

    @AfterAll
    void stop() {
        survivor.close();
        stack.stop();
    }

    @Test
    void anEqualVersionGetsItsWeight() {
        Name model = stack.publish("equal", BrightnessModel.onnx(RIGHT));
        log(model, REQUESTS);
        stack.logDamaged("equal/1");
        log(LoggedEvents.of("equals", 1, LoggedEvents.digest(1), false));
        log(LoggedEvents.of("equal", 2, LoggedEvents.digest(2), false));
        log(answer(model).toBuilder().clearImages().clearImageEncoding().build());
        stack.log(answer(model), Instant.now().minus(Duration.ofHours(25)));
        stack.logOthers(1_500);
        stack.awaitLogged();
        request(model);

        await().atMost(RolloutStack.TIMEOUT)
                .until(() -> !stack.publishedWeights(model).isEmpty());

        JsonNode replay = shown(model).path("replay");
        assertThat(replay.path("reason").asText()).isEqualTo("no harm by 240 logged requests");
        assertThat(replay.path("outcome").asText()).isEqualTo("passed");
        assertThat(replay.path("requests").asInt()).isEqualTo(REQUESTS);
        assertThat(replay.path("disagreements").path("count").asInt()).isZero();
        assertThat(replay.path("disagreements").path("of").asInt()).isEqualTo(REQUESTS);
        JsonNode passedOver = replay.path("passedOver");
        assertThat(passedOver.path("damaged").asInt()).isEqualTo(1);
        assertThat(passedOver.path("other-version").asInt()).isEqualTo(1);
        assertThat(passedOver.path("without-images").asInt()).isEqualTo(1);
        assertThat(passedOver.path("too-old").asInt()).isEqualTo(1);
        assertThat(passedOver.path("other-model").asInt()).isGreaterThan(4_500);
        assertThat(stack.publishedWeights(model)).containsExactly(0.1);
        assertThat(stack.published(id(model))).containsExactly("rollout-started");
        cancel(model);
    }

    /** No request reaches it: its weight is never published. */
    @Test
    void aVersionThatDisagreesIsRolledBackBeforeItHasAWeight() {
        Name model = stack.publish("other", BrightnessModel.onnx(WRONG));
        log(model, REQUESTS);
        request(model);

        stack.awaitClosed(id(model));

        JsonNode shown = shown(model);
        assertThat(shown.path("outcome").asText()).isEqualTo("rolled-back");
        assertThat(shown.path("reason").asText())
                .startsWith("by 240 logged requests: disagreement is 100.00 % of 240 images, surely above ")
                .endsWith(" %; the limit is 10.00 %");
        assertThat(shown.path("replay").path("disagreements").path("count").asInt())
                .isEqualTo(REQUESTS);
        assertThat(stack.published(id(model))).containsExactly("rollout-completed");
        assertThat(stack.publishedWeights(model)).isEmpty();
        assertThat(stack.weights(model)).isEmpty();
        assertThat(survivor.manage("/q/metrics").body())
                .contains("catwalk_rollout_replays_total{outcome=\"rolled_back\"");
    }

    @Test
    void aDamagedModelIsRolledBack() {
        Name model = stack.publish("damaged", new byte[] {1, 2, 3});
        log(model, REQUESTS);
        request(model);

        stack.awaitClosed(id(model));

        assertThat(shown(model).path("reason").asText()).endsWith("can't be loaded: the ONNX model is damaged");
        assertThat(stack.publishedWeights(model)).isEmpty();
    }

    @Test
    void withoutTheTopicItGoesOnAndSaysSo() {
        Name model = stack.publish("unlogged", BrightnessModel.onnx(WRONG));
        stack.withoutLog(() -> {
            request(model);
            await().atMost(RolloutStack.TIMEOUT)
                    .until(() -> !stack.weights(model).isEmpty());
        });

        assertThat(shown(model).path("replay").path("outcome").asText()).isEqualTo("skipped");
        assertThat(shown(model).path("replay").path("reason").asText()).isEqualTo("there is no topic inference-logged");
        cancel(model);
    }

    /** The holder dies after the entry of the replay; the other one goes on. */
    @Test
    void aRolloutWhoseHolderDiesIsReplayedOnce() {
        dieAt("append.progress.after@2");
    }

    /** Before that entry; the other one replays again. */
    @Tag("soak")
    @Test
    void aRolloutWhoseHolderDiesBeforeItIsReplayedIsReplayedOnce() {
        dieAt("append.progress.before@2");
    }

    private void dieAt(String seam) {
        Name model = stack.publish("seam-" + seam.replaceAll("[^a-z0-9]", "-"), BrightnessModel.onnx(WRONG));
        log(model, REQUESTS);
        survivor.signal("STOP");
        try (ReplicaProcess victim = start("own-" + model, "own-" + model, Optional.of(seam))) {
            victim.awaitReady();
            stack.send("promotion-requested", promotion(model));
            await().atMost(RolloutStack.TIMEOUT).until(() -> !victim.isAlive());
            assertThat(victim.failure()).contains("exit code 137");
        } finally {
            survivor.signal("CONT");
        }

        stack.awaitClosed(id(model));

        assertThat(stack.published(id(model))).containsExactly("rollout-completed");
        assertThat(stack.publishedWeights(model)).isEmpty();
        assertThat(stack.progress(id(model)))
                .as("begun, replayed")
                .extracting(state -> state.replay().isPresent())
                .containsExactly(false, true);
    }

    private void log(Name model, int requests) {
        for (int request = 0; request < requests; request++) {
            log(LoggedEvents.of(model.value(), 1, LoggedEvents.digest(1), request % 3 == 0));
        }
        stack.awaitLogged();
    }

    private void log(InferenceLogged request) {
        stack.log(request, Instant.now());
    }

    private static InferenceLogged answer(Name model) {
        return LoggedEvents.of(model.value(), 1, LoggedEvents.digest(1), true);
    }

    private ReplicaProcess start(String name, String group, Optional<String> failpoint) {
        Map<String, String> environment = new HashMap<>(stack.environment());
        environment.put("CATWALK_ROLLOUT_DISAGREEMENT_LIMIT", "0.1");
        return ReplicaProcess.start(name, group, failpoint, environment, "384m");
    }

    private void request(Name model) {
        assertThat(survivor.post("/models/" + model + "/labels/canary", """
                        {"promotionId": "%s", "version": 2, "weight": 0.1}""".formatted(id(model)))
                        .statusCode())
                .isEqualTo(202);
    }

    private static String promotion(Name model) {
        return """
                {"promotionId": "%s", "model": "%s", "label": "canary", "version": 2, "weight": 0.1}""".formatted(id(model), model);
    }

    private void cancel(Name model) {
        assertThat(survivor.post("/rollouts/" + id(model) + "/cancel", "").statusCode())
                .isEqualTo(202);
        stack.awaitClosed(id(model));
    }

    private static Name id(Name model) {
        return new Name(model + "-1");
    }

    private JsonNode shown(Name model) {
        return JournalJson.parse(survivor.get("/rollouts/" + id(model)).body());
    }
}
