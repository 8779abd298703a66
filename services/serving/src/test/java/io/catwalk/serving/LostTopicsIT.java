package io.catwalk.serving;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.startsWith;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.catwalk.journal.Retry;
import io.catwalk.journal.decision.Decider;
import io.catwalk.journal.decision.DecisionJournal;
import io.catwalk.local.StoreProcess;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Topics that have lost what the labels' lines decided. */
class LostTopicsIT extends RunningServing {
    @Tag("fault-30")
    @Test
    void servesDecisionsOfTheJournalsAfterTopicsAreLost() throws Exception {
        decide(1, store(1, 0));
        decide(2, store(2, 1));
        refuseOnly("never-promoted");
        store.kill();
        broker = startBroker();
        await().atMost(TIMEOUT)
                .ignoreExceptions()
                .untilAsserted(() -> when().get(service.management("/q/health/ready"))
                        .then()
                        .statusCode(503)
                        .body(
                                "checks.find { it.name == 'models' }.data.registry",
                                startsWith("the topics hold no model, and the store can't be asked for any")));
        store = StoreProcess.start(top.resolve("store"), store.port(), "catwalk", SECRET_KEY);
        service.awaitReady();
        awaitVersion(2);
        assertThat(predicted()).isEqualTo(STRIP + 1);

        createTopicsAgain();
        decide(3, store(3, 2));
        awaitVersion(3);
        assertThat(predicted()).as("no event published of it").isEqualTo(STRIP + 2);
        promote(4, publish(4, 3), 4);
        awaitVersion(4);
    }

    /** A version's manifest, as evaluation writes it, and its archive. */
    private Digest store(long version, int shift) {
        Digest model = new Blobs(store()).put(TinyModel.archive(shift));
        String labels = TinyModel.LABELS.stream()
                .map(label -> '"' + label + '"')
                .toList()
                .toString();
        String manifest = """
                {"dataset":"fashion-mnist","digests":{"data":"%1$s","model":"%1$s","page":"%1$s","report":"%1$s","request":"%1$s",\
                "weights":"%1$s"},"imageShape":[28,28,1],"labelNames":%2$s,"model":"fashion","network":"tiny","parameters":7850,\
                "runId":"r%3$d","schema":1,"test":{"accuracy":0.9,"count":10,"loss":0.3},\
                "validation":{"accuracy":0.9,"count":10,"loss":0.3},"version":%3$d}""".formatted(model, labels, version);
        store().put(Artifacts.modelVersion(new Name("fashion"), version), manifest.getBytes(StandardCharsets.UTF_8));
        return model;
    }

    /** Appends a promotion to the journal of the label stable without publishing it. */
    private void decide(long version, Digest digest) throws InterruptedException {
        line("fashion")
                .put(
                        "evaluations/r" + version,
                        (soFar, number) -> new Decider.Decision(
                                Map.of("outcome", "promoted"),
                                Optional.of(PromotionEvent.of(Instant.now(), promoted(version, digest, number)))));
    }

    private void refuseOnly(String model) throws InterruptedException {
        line(model)
                .put(
                        "evaluations/r9",
                        (soFar, number) -> new Decider.Decision(Map.of("outcome", "refused"), Optional.empty()));
    }

    private DecisionJournal line(String model) {
        return new DecisionJournal(
                store(),
                Artifacts.labelJournal(new Name(model), new Name("stable")),
                "a-test",
                new Retry(Duration.ofMillis(10), Duration.ofSeconds(1)));
    }

    /** As the broker that lost its data has them. */
    private void createTopicsAgain() throws Exception {
        List<String> names = List.of("model-published", "model-promoted");
        try (Admin admin = Admin.create(
                Map.<String, Object>of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()))) {
            admin.deleteTopics(names).all().get();
            await().atMost(TIMEOUT)
                    .until(() -> admin.listTopics().names().get().stream().noneMatch(names::contains));
            admin.createTopics(names.stream()
                            .map(name -> new NewTopic(name, 1, (short) 1))
                            .toList())
                    .all()
                    .get();
        }
    }
}
