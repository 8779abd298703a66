package io.catwalk.serving.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

import com.google.protobuf.Message;
import io.catwalk.events.Event;
import io.catwalk.events.EventDecoder;
import io.catwalk.events.EventEncoder;
import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import io.catwalk.model.v1.ModelPromoted;
import io.catwalk.model.v1.ModelPublished;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class RegistryTablesTest {
    private static final Topics TOPICS = new Topics("test.");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String DIGEST = "sha256:" + "a".repeat(64);

    private final ModelRegistry registry = new ModelRegistry();
    private final List<String> outcomes = new ArrayList<>();
    private final RegistryTables tables = new RegistryTables(
            new EventDecoder(Clock.fixed(NOW, ZoneOffset.UTC)),
            TOPICS,
            registry,
            (topic, outcome) -> outcomes.add(topic + " " + outcome));

    @Test
    void appliesPublicationsAndPromotions() {
        tables.accept(record(EventType.MODEL_PUBLISHED, published().build()));
        tables.accept(record(EventType.MODEL_PROMOTED, promoted().build()));

        Name fashion = new Name("fashion");
        assertThat(registry.version(fashion, 3))
                .contains(new ModelVersion(
                        fashion,
                        3,
                        Digest.parse(DIGEST),
                        Optional.empty(),
                        Optional.empty(),
                        new ImageShape(28, 28, 1),
                        List.of("bag", "boot"),
                        5));
        assertThat(registry.labels(fashion).get(ModelRegistry.STABLE))
                .containsExactly(new Promotion(3, Digest.parse(DIGEST), 5));
        assertThat(outcomes).containsExactly("test.model-published applied", "test.model-promoted applied");
        assertThat(tables.names()).containsExactly("test.model-published", "test.model-promoted");
    }

    @Test
    void takesTheWeightsOfRolloutsAlone() {
        for (String label : List.of("canary", "shadow", "stable", "beta")) {
            tables.accept(record(
                    EventType.MODEL_PROMOTED,
                    promoted().setLabel(label).setWeight(0.25).build()));
        }
        tables.accept(record(
                EventType.MODEL_PROMOTED,
                promoted().setLabel("canary").setWeight(1.5).setEntry(9).build()));

        assertThat(weights()).isEqualTo(Map.of("beta", "-", "canary", "0.25", "shadow", "0.25", "stable", "-"));
        assertThat(outcomes)
                .containsExactly(
                        "test.model-promoted applied",
                        "test.model-promoted applied",
                        "test.model-promoted applied",
                        "test.model-promoted applied",
                        "test.model-promoted refused");
    }

    private Map<String, String> weights() {
        return registry.labels(new Name("fashion")).entrySet().stream()
                .collect(Collectors.toMap(label -> label.getKey().value(), label -> {
                    OptionalDouble weight = label.getValue().getFirst().weight();
                    return weight.isPresent() ? Double.toString(weight.getAsDouble()) : "-";
                }));
    }

    @Test
    void skipsUnreadableRecords() {
        tables.accept(record("test.model-published", "not an event".getBytes(StandardCharsets.UTF_8)));
        tables.accept(record(
                EventType.MODEL_PUBLISHED,
                published().clearImageShape().addImageShape(28).build()));
        tables.accept(record(
                EventType.MODEL_PUBLISHED,
                published()
                        .clearImageShape()
                        .addAllImageShape(List.of(4097, 4096, 1))
                        .build()));
        tables.accept(record(EventType.MODEL_PUBLISHED, published().build()));

        assertThat(registry.version(new Name("fashion"), 3)).isPresent();
        assertThat(outcomes)
                .containsExactly(
                        "test.model-published refused",
                        "test.model-published refused",
                        "test.model-published refused",
                        "test.model-published applied");
    }

    private static ModelPublished.Builder published() {
        return ModelPublished.newBuilder()
                .setModel("fashion")
                .setVersion(3)
                .setRunId("r1")
                .setManifestDigest(DIGEST)
                .setModelDigest(DIGEST)
                .setDataset("fashion-mnist")
                .setDatasetDigest(DIGEST)
                .addAllImageShape(List.of(28, 28, 1))
                .addAllLabelNames(List.of("bag", "boot"))
                .setTestAccuracy(0.9)
                .setEntry(5);
    }

    private static ModelPromoted.Builder promoted() {
        return ModelPromoted.newBuilder()
                .setModel("fashion")
                .setLabel("stable")
                .setVersion(3)
                .setModelDigest(DIGEST)
                .setCause("evaluations/r1")
                .setEntry(5);
    }

    private static <M extends Message> ConsumerRecord<String, byte[]> record(EventType<M> type, M payload) {
        ProducerRecord<String, byte[]> sent =
                new EventEncoder(TOPICS).encode(new Event<>("e1", "/catwalk/evaluation", type, NOW, payload));
        return new ConsumerRecord<>(
                sent.topic(),
                0,
                7,
                NOW.toEpochMilli(),
                TimestampType.CREATE_TIME,
                0,
                0,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.empty());
    }

    private static ConsumerRecord<String, byte[]> record(String topic, byte[] value) {
        return new ConsumerRecord<>(topic, 0, 6, "key", value);
    }
}
