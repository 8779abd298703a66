package io.catwalk.evaluation.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

import io.catwalk.chassis.manifest.ManifestJson;
import io.catwalk.evaluation.registry.LabelDecision.Target;
import io.catwalk.journal.LaterJson;
import io.catwalk.journal.Retry;
import io.catwalk.journal.decision.Decider;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import org.junit.jupiter.api.Test;

class RegistryTest {
    private static final Name MODEL = new Name("fashion");
    private static final VersionManifest MANIFEST = manifest(1, "r1");

    private final ObjectStore store = new InMemoryObjectStore(InstantSource.system());
    private final Registry registry = registry("w");

    @Test
    void aNumberBelongsToItsFirstCreator() {
        assertThat(registry.create(MANIFEST)).isTrue();

        assertThat(registry.create(MANIFEST)).as("again").isTrue();
        assertThat(registry("another").create(manifest(1, "r2"))).isFalse();
        assertThat(registry.version(MODEL, 1)).contains(MANIFEST);
        assertThat(registry.version(MODEL, 2)).isEmpty();
    }

    @Test
    void listsVersionsByTheirNumbers() {
        List.of(10L, 9L, 1L).forEach(number -> registry.create(MANIFEST.numbered(number)));
        store.put(Artifacts.modelVersions(MODEL).key("notes.txt"), new byte[0]);

        assertThat(registry.versions(MODEL)).containsExactly(1L, 9L, 10L);
        assertThat(registry.models()).containsExactly(MODEL);
    }

    @Test
    void equalManifestsAreEqualBytes() {
        registry.create(MANIFEST);

        byte[] stored =
                store.read(Artifacts.modelVersion(MODEL, 1), 4096).orElseThrow().content();
        assertThat(new String(stored, UTF_8))
                .startsWith("{\"dataset\":\"clothes\",\"digests\":{\"data\":\"sha256:")
                .doesNotContain("\n");
        assertThat(MANIFEST.digest())
                .isEqualTo(Digest.of(stored))
                .isEqualTo(manifest(1, "r1").digest());
        assertThat(MANIFEST.digest()).isNotEqualTo(MANIFEST.numbered(2).digest());
    }

    @Test
    void ignoresFieldsOfLaterReleasesButKeepsTheDigest() {
        byte[] later = LaterJson.of(ManifestJson.write(MANIFEST));
        store.put(Artifacts.modelVersion(MODEL, 1), later);

        assertThat(registry.stored(MODEL, 1)).contains(new Registry.StoredVersion(MANIFEST, Digest.of(later)));
        assertThat(registry.create(MANIFEST)).as("another one stands there").isFalse();
    }

    @Test
    void refusesWhatIsNotThatVersionsManifest() {
        store.put(Artifacts.modelVersion(MODEL, 1), "{\"schema\":1}".getBytes(UTF_8));
        store.put(Artifacts.modelVersion(MODEL, 2), ManifestJson.write(MANIFEST));

        assertThatThrownBy(() -> registry.version(MODEL, 1))
                .isInstanceOf(CorruptManifestException.class)
                .hasMessageStartingWith("models/fashion/versions/1.json isn't a version's manifest");
        assertThatThrownBy(() -> registry.version(MODEL, 2))
                .isInstanceOf(CorruptManifestException.class)
                .hasMessage("models/fashion/versions/2.json holds the manifest of fashion/1");
    }

    @Test
    void refusesFieldsThatNoVersionHas() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MANIFEST.numbered(0))
                .withMessage("version: 0, must be at least 1");
        assertThatIllegalArgumentException().isThrownBy(() -> manifest(1, "../r1"));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new VersionManifest.Digests("", "", "", "", Optional.empty(), Optional.empty(), "", ""));
    }

    @Test
    void aVersionIsPublishedByAPromotionIntoStable() throws Exception {
        Target refused = new Target(1, MANIFEST.digests().model());
        Target passed = new Target(2, MANIFEST.digests().model());
        put(Registry.STABLE, "evaluations/r1", LabelDecision.refused(List.of(), Optional.of(refused), "worse"));
        put(Registry.STABLE, "evaluations/r2", LabelDecision.promoted(List.of(), passed, "better"));

        assertThat(registry.isPublished(MODEL, 1)).isFalse();
        assertThat(registry.isPublished(MODEL, 2)).isTrue();
        assertThat(registry.labels(MODEL)).containsExactly(Registry.STABLE);
    }

    @Test
    void aPromotionsIdBelongsToItsFirstClaim() {
        Name id = new Name("p1");
        ClaimedPromotion first = new ClaimedPromotion("fashion", "canary", 1);
        assertThat(registry.promotion(id)).isEmpty();
        assertThat(registry.claim(id, first)).isEqualTo(first);

        assertThat(registry("another").claim(id, new ClaimedPromotion("fashion", "stable", 2)))
                .isEqualTo(first);
        assertThat(registry.models()).as("no model is named by it").isEmpty();
    }

    @Test
    void refusesWhatIsNotAPromotion() {
        store.put(Artifacts.promotion(new Name("p1")), "garbage".getBytes(UTF_8));

        assertThatThrownBy(() -> registry.promotion(new Name("p1")))
                .isInstanceOf(CorruptManifestException.class)
                .hasMessage("models/_promotions/p1.json isn't a promotion");
    }

    @Test
    void aPromotionLeavesTheLabelAtItsCandidate() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LabelDecision(
                        LabelDecision.Outcome.PROMOTED,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        Optional.empty()));
    }

    private void put(Name label, String cause, LabelDecision decision) throws InterruptedException {
        registry.labelJournal(MODEL, label)
                .put(cause, (soFar, number) -> new Decider.Decision(decision, Optional.empty()));
    }

    private Registry registry(String writer) {
        return new Registry(store, writer, new Retry(Duration.ofMillis(1), Duration.ofMillis(10)));
    }

    private static VersionManifest manifest(long version, String runId) {
        String digest = Digest.of(new byte[] {1}).toString();
        return new VersionManifest(
                VersionManifest.SCHEMA,
                MODEL.value(),
                version,
                runId,
                "clothes",
                new VersionManifest.Digests(
                        digest, digest, digest, digest, Optional.of(digest), Optional.of(digest), digest, digest),
                "tutorial-cnn",
                356_234,
                List.of(28, 28, 1),
                List.of("trousers", "shirt"),
                new VersionManifest.Figures(20, 0.25, 0.9),
                new VersionManifest.Figures(20, 0.5, 0.8));
    }
}
