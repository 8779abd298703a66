package io.catwalk.serving.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;

import io.catwalk.network.layer.ImageShape;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ModelRegistryTest {
    private static final Name FASHION = new Name("fashion");

    @Tag("fault-13")
    @Test
    void anOldEventReplayedMovesNothingBack() {
        ModelRegistry registry = new ModelRegistry();
        registry.promote(FASHION, ModelRegistry.STABLE, promotion(1, 1));
        registry.promote(FASHION, ModelRegistry.STABLE, promotion(2, 2));
        registry.promote(FASHION, ModelRegistry.STABLE, promotion(1, 1));

        assertThat(registry.labels(FASHION).get(ModelRegistry.STABLE))
                .containsExactly(promotion(2, 2), promotion(1, 1));
    }

    @Test
    void aRollbackIsANewerEntryThatPointsAtAnOlderVersion() {
        ModelRegistry registry = new ModelRegistry();
        registry.promote(FASHION, ModelRegistry.STABLE, promotion(2, 2));
        registry.promote(FASHION, ModelRegistry.STABLE, promotion(1, 3));

        assertThat(registry.labels(FASHION).get(ModelRegistry.STABLE).getFirst().version())
                .isEqualTo(1);
    }

    @Test
    void theHigherEntryOfAVersionApplies() {
        ModelRegistry registry = new ModelRegistry();
        registry.publish(version(7, 3));
        registry.publish(version(7, 2));

        assertThat(registry.version(FASHION, 7)).contains(version(7, 3));
        assertThat(registry.version(FASHION, 8)).isEmpty();
    }

    @Test
    void aModelWithoutALabelIsNotToBeServed() {
        ModelRegistry registry = new ModelRegistry();
        registry.publish(version(1, 1));

        assertThat(registry.models()).isEmpty();
        assertThat(registry.labels(FASHION)).isEmpty();
    }

    @Property(tries = 200)
    void anyOrderAndRepetitionGivesTheSameTable(@ForAll("deliveries") List<Integer> entries) {
        ModelRegistry registry = new ModelRegistry();
        entries.forEach(entry -> registry.promote(FASHION, ModelRegistry.STABLE, promotion(entry % 3 + 1, entry)));

        List<Promotion> line = registry.labels(FASHION).get(ModelRegistry.STABLE);
        assertThat(line)
                .extracting(promotion -> (int) promotion.entry())
                .containsExactlyElementsOf(entries.stream()
                        .distinct()
                        .sorted((one, other) -> other - one)
                        .toList());
        assertThat(line).allSatisfy(promotion -> assertThat(promotion.version()).isEqualTo(promotion.entry() % 3 + 1));
    }

    @Provide
    Arbitrary<List<Integer>> deliveries() {
        return Arbitraries.integers().between(1, 30).list().ofMinSize(1).ofMaxSize(60);
    }

    private static Promotion promotion(long version, long entry) {
        return new Promotion(version, digest(version), entry);
    }

    private static ModelVersion version(long version, long entry) {
        return new ModelVersion(
                FASHION,
                version,
                digest(version),
                Optional.empty(),
                Optional.empty(),
                new ImageShape(28, 28, 1),
                List.of("bag", "boot"),
                entry);
    }

    private static Digest digest(long version) {
        return Digest.of(new byte[] {(byte) version});
    }
}
