package io.catwalk.serving.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import io.catwalk.journal.Retry;
import io.catwalk.journal.decision.Decider;
import io.catwalk.journal.decision.DecisionJournal;
import io.catwalk.model.v1.ModelPromoted;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.serving.PromotionEvent;
import org.junit.jupiter.api.Test;

class RegistryJournalsTest {
    private static final Name MODEL = new Name("fashion");
    private static final Digest DIGEST = Digest.of("a model".getBytes(StandardCharsets.UTF_8));

    private final ObjectStore store = new InMemoryObjectStore(Clock.systemUTC());
    private final ModelRegistry registry = new ModelRegistry();
    private final RegistryJournals journals = new RegistryJournals(store, registry);

    @Test
    void addsAllPromotionsAndTheirVersionsToAnEmptyTable() throws InterruptedException {
        manifest(MODEL, 1);
        manifest(MODEL, 2);
        promote(MODEL, 1);
        refuse(MODEL);
        promote(MODEL, 2);

        assertThat(journals.addMissing()).isEmpty();
        assertThat(registry.labels(MODEL).get(ModelRegistry.STABLE))
                .containsExactly(new Promotion(2, DIGEST, 3), new Promotion(1, DIGEST, 1));
        assertThat(registry.version(MODEL, 1)).hasValueSatisfying(version -> {
            assertThat(version.digest()).isEqualTo(DIGEST);
            assertThat(version.image()).isEqualTo(new ImageShape(28, 28, 1));
            assertThat(version.labelNames()).containsExactly("bag", "boot");
            assertThat(version.profile()).as("of an older release").isEmpty();
        });
        assertThat(registry.version(MODEL, 2).orElseThrow().profile()).contains(DIGEST);
    }

    @Test
    void addsOnlyEntriesAfterTheNewestKnownOne() throws InterruptedException {
        manifest(MODEL, 2);
        promote(MODEL, 1);
        promote(MODEL, 2);
        registry.promote(MODEL, ModelRegistry.STABLE, new Promotion(1, DIGEST, 1));

        assertThat(journals.addMissing()).as("version 1 isn't asked for").isEmpty();
        assertThat(registry.labels(MODEL).get(ModelRegistry.STABLE)).hasSize(2);
    }

    @Test
    void aModelThatWasNeverPromotedIsNotMissing() throws InterruptedException {
        refuse(MODEL);

        assertThat(journals.addMissing()).isEmpty();
        assertThat(registry.models()).isEmpty();
    }

    @Test
    void skipsAndNamesUnreadableJournals() throws InterruptedException {
        Name damaged = new Name("damaged");
        store.put(Artifacts.labelJournal(damaged, ModelRegistry.STABLE).key("00000001.json"), new byte[] {1, 2});
        Name without = new Name("without-manifest");
        promote(without, 1);
        Name empty = new Name("empty-manifest");
        store.put(Artifacts.modelVersion(empty, 1), "{}".getBytes(StandardCharsets.UTF_8));
        promote(empty, 1);
        manifest(MODEL, 1);
        promote(MODEL, 1);

        assertThat(journals.addMissing())
                .hasSize(3)
                .anyMatch(text -> text.startsWith("damaged/stable: "))
                .contains("without-manifest/stable: models/without-manifest/versions/1.json is missing");
        assertThat(registry.models()).containsExactly(MODEL);
    }

    private void promote(Name model, long version) throws InterruptedException {
        line(model)
                .put(
                        "evaluations/r" + version,
                        (soFar, number) -> new Decider.Decision(
                                Map.of("outcome", "promoted"),
                                Optional.of(PromotionEvent.of(
                                        Instant.EPOCH,
                                        ModelPromoted.newBuilder()
                                                .setModel(model.value())
                                                .setLabel("stable")
                                                .setVersion(version)
                                                .setModelDigest(DIGEST.toString())
                                                .setCause("evaluations/r" + version)
                                                .setEntry(number)
                                                .build()))));
    }

    private void refuse(Name model) throws InterruptedException {
        line(model)
                .put(
                        "evaluations/refused",
                        (soFar, number) -> new Decider.Decision(Map.of("outcome", "refused"), Optional.empty()));
    }

    private DecisionJournal line(Name model) {
        return new DecisionJournal(
                store,
                Artifacts.labelJournal(model, ModelRegistry.STABLE),
                "a-test",
                new Retry(Duration.ofMillis(1), Duration.ofMillis(1)));
    }

    private void manifest(Name model, long version) {
        store.put(Artifacts.modelVersion(model, version), """
                {"digests":{"model":"%s"%s},"imageShape":[28,28,1],"labelNames":["bag","boot"],"schema":1}""".formatted(
                        DIGEST, version == 1 ? "" : ",\"profile\":\"" + DIGEST + "\"")
                .getBytes(StandardCharsets.UTF_8));
    }
}
