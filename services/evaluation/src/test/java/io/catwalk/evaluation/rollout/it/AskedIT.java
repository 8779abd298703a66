package io.catwalk.evaluation.rollout.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.access.ApiKey;
import io.catwalk.access.GrantedKey;
import io.catwalk.access.KeyFile;
import io.catwalk.access.Role;
import io.catwalk.events.Event;
import io.catwalk.events.EventType;
import io.catwalk.journal.Asker;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.decision.DecisionEntry;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobFold;
import io.catwalk.local.ReplicaProcess;
import io.catwalk.model.v1.PromotionRequested;
import io.catwalk.objectstore.Name;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who asked for promotions, rollouts and their ends, over HTTP with two keys and over Kafka, also where a replica is killed meanwhile. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AskedIT {
    private static final ApiKey ANN = ApiKey.generate(new SecureRandom());
    private static final ApiKey BEN = ApiKey.generate(new SecureRandom());

    private final RolloutStack stack = RolloutStack.start();
    private final Map<String, String> environment = environment(stack);
    private final ReplicaProcess replica = start("asked", Optional.empty()).awaitReady();
    private final ReplicaProcess ann = replica.calledWith(ANN.secret());
    private final ReplicaProcess ben = replica.calledWith(BEN.secret());

    @AfterAll
    void stop() {
        replica.close();
        stack.stop();
    }

    @Test
    void aPromotionAndARollbackTellWhoseKeysAskedForThem() {
        Name model = stack.publish("keys");
        assertThat(ann.post("/models/keys/labels/stable", "{\"promotionId\": \"keys-1\", \"version\": 2}")
                        .statusCode())
                .isEqualTo(202);
        awaitDecision(model, "stable", "promotions/keys-1");
        ben.post("/models/keys/labels/stable", "{\"promotionId\": \"keys-2\", \"version\": 1}");

        assertSubject(awaitDecision(model, "stable", "promotions/keys-2").askedBy(), "ben");
        assertSubject(awaitDecision(model, "stable", "promotions/keys-1").askedBy(), "ann");
        JsonNode shown = json(ann.get("/models/keys").body())
                .path("labels")
                .get(0)
                .path("history")
                .get(4)
                .path("askedBy")
                .path("subject");
        assertThat(shown.path("kind").asText()).isEqualTo("key");
        assertThat(shown.path("name").asText()).isEqualTo("ben");
    }

    @Test
    void aRolloutAndItsCancelTellWhoseKeysAskedForThem() {
        stack.publish("cancelled");
        ann.post(
                "/models/cancelled/labels/canary",
                "{\"promotionId\": \"cancelled-1\", \"version\": 2, \"weight\": 0.1}");
        assertThat(ben.post("/rollouts/cancelled-1/cancel", "{\"reason\": \"enough\"}")
                        .statusCode())
                .isEqualTo(202);

        JobFold fold = stack.awaitClosed(new Name("cancelled-1")).fold();
        assertSubject(fold.askedBy(), "ann");
        assertSubject(fold.cancelledBy(), "ben");
        JsonNode shown = json(ben.get("/rollouts/cancelled-1").body());
        assertThat(shown.at("/askedBy/subject/name").asText()).isEqualTo("ann");
        assertThat(shown.at("/cancelledBy/subject/name").asText()).isEqualTo("ben");
    }

    @Test
    void whatComesOverKafkaTellsItsPlaceAndItsSource() {
        Name model = stack.publish("topic");
        stack.send("promotion-requested", "{\"promotionId\": \"topic-1\", \"model\": \"topic\", \"version\": 2}");
        Asker.KafkaRecord bare =
                record(awaitDecision(model, "stable", "promotions/topic-1").askedBy());
        assertThat(bare.topic()).isEqualTo("promotion-requested");
        assertThat(bare.source()).isEqualTo("/topics/promotion-requested");

        stack.send(promotion("event-7", "topic-2", "topic", 0));
        Asker.KafkaRecord event =
                record(awaitDecision(model, "stable", "promotions/topic-2").askedBy());
        assertThat(event.source()).isEqualTo("/shop");
        assertThat(event.partition() == bare.partition() && event.offset() == bare.offset())
                .isFalse();
    }

    /** Nothing takes effect; whoever asks again is the one who asked, and a forger isn't. */
    @Tag("fault-5")
    @Test
    void aReplicaThatDiesBeforeItPublishesLeavesARequestThatNobodyElseCanUse() {
        stack.publish("unpublished");
        stack.publish("forged");
        dieAsking("asked.put.after@1", "unpublished");
        dieAsking("asked.put.after@1", "forged");

        // Its event's id is that of the request, as that of ann's would have been.
        stack.send(promotion("forged-1", "forged-1", "forged", 0.9));
        assertThat(record(awaitJob("forged-1").fold().askedBy()).source()).isEqualTo("/shop");
        assertThat(stack.rollouts.find(new Name("unpublished-1"))).isEmpty();
        ask(ann, "unpublished");
        assertSubject(awaitJob("unpublished-1").fold().askedBy(), "ann");
        cancel("forged-1");
        cancel("unpublished-1");
    }

    /** The topic's consumer makes it a job, and finds who asked. */
    @Tag("fault-5")
    @Tag("soak")
    @Test
    void aReplicaThatDiesAfterItHasPublishedLeavesWhoAsked() {
        stack.publish("published");
        dieAsking("request.publish.after@1", "published");

        assertSubject(awaitJob("published-1").fold().askedBy(), "ann");
        cancel("published-1");
    }

    private void dieAsking(String seam, String model) {
        try (ReplicaProcess victim = start("victim-" + model, Optional.of(seam)).awaitReady()) {
            assertThatThrownBy(() -> ask(victim.calledWith(ANN.secret()), model))
                    .isInstanceOf(AssertionError.class);
            await().atMost(RolloutStack.TIMEOUT).until(() -> !victim.isAlive());
            assertThat(victim.failure()).contains("exit code 137");
        }
    }

    private static void ask(ReplicaProcess service, String model) {
        assertThat(service.post(
                                "/models/" + model + "/labels/canary",
                                "{\"promotionId\": \"%s-1\", \"version\": 2, \"weight\": 0.1}".formatted(model))
                        .statusCode())
                .isEqualTo(202);
    }

    private void cancel(String rollout) {
        ben.post("/rollouts/" + rollout + "/cancel", "");
        stack.awaitClosed(new Name(rollout));
    }

    private Job awaitJob(String id) {
        return await().atMost(RolloutStack.TIMEOUT)
                .until(() -> stack.rollouts.find(new Name(id)), Optional::isPresent)
                .orElseThrow();
    }

    private DecisionEntry awaitDecision(Name model, String label, String cause) {
        return await(cause)
                .atMost(RolloutStack.TIMEOUT)
                .until(
                        () -> stack.line(model, label).stream()
                                .filter(entry -> entry.cause().equals(cause))
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** @param weight of the canary; 0 moves stable */
    private static Event<PromotionRequested> promotion(String event, String id, String model, double weight) {
        PromotionRequested.Builder request = PromotionRequested.newBuilder()
                .setPromotionId(id)
                .setModel(model)
                .setVersion(2);
        if (weight > 0) {
            request.setLabel("canary").setWeight(weight);
        }
        return new Event<>(event, "/shop", EventType.PROMOTION_REQUESTED, Instant.now(), request.build());
    }

    private static void assertSubject(Optional<Asker> asker, String key) {
        Asker.Subject subject = asker.orElseThrow().subject().orElseThrow();
        assertThat(subject.kind()).isEqualTo("key");
        assertThat(subject.name()).isEqualTo(key);
        assertThat(subject.time()).isBeforeOrEqualTo(Instant.now());
    }

    private static Asker.KafkaRecord record(Optional<Asker> asker) {
        assertThat(asker.orElseThrow().subject()).isEmpty();
        return asker.orElseThrow().record().orElseThrow();
    }

    private static JsonNode json(String body) {
        return JournalJson.parse(body);
    }

    private ReplicaProcess start(String name, Optional<String> failpoint) {
        return ReplicaProcess.start(name, "evaluation", failpoint, environment, "384m");
    }

    private static Map<String, String> environment(RolloutStack stack) {
        Map<String, String> environment = new HashMap<>(stack.environment());
        try {
            Path keys = Files.createTempFile(Path.of("target/it").toAbsolutePath(), "keys-", ".json");
            Files.writeString(
                    keys,
                    KeyFile.of(List.of(
                            GrantedKey.unlimited("ann", ANN, Role.OPERATOR),
                            GrantedKey.unlimited("ben", BEN, Role.OPERATOR))));
            environment.put("CATWALK_ACCESS_ENABLED", "true");
            // Nobody serves: no rollout is to end for that.
            environment.put("CATWALK_ROLLOUT_SILENCE", "1h");
            environment.put("CATWALK_ROLLOUT_PATIENCE", "1h");
            environment.put("CATWALK_ACCESS_KEYS_FILE", keys.toString());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return environment;
    }
}
