package io.catwalk.chassis.events;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

import com.google.protobuf.Message;
import io.catwalk.access.Caller;
import io.catwalk.access.ModelPatterns;
import io.catwalk.access.Role;
import io.catwalk.events.Event;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.journal.Asker;
import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.ObjectStore.ObjectSummary;
import io.catwalk.training.v1.TrainingCancelRequested;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class AskedEventsTest {
    private static final EventType<TrainingCancelRequested> CANCEL = EventType.TRAINING_CANCEL_REQUESTED;
    private static final Instant NOW = Instant.parse("2026-11-30T08:00:00Z");
    private static final Caller ANN = new Caller(Caller.Kind.KEY, "ann", Set.of(Role.OPERATOR), ModelPatterns.ALL);
    private static final Caller BEN =
            new Caller(Caller.Kind.TOKEN, "ben@example.org", Set.of(Role.OPERATOR), ModelPatterns.ALL);
    private static final Asker BY_ANN = Asker.of(new Asker.Subject("key", "ann", NOW));

    private final InMemoryObjectStore store = new InMemoryObjectStore(InstantSource.fixed(NOW));
    private final AskedEvents asked = new AskedEvents(store, Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void aRecordOfWhatSomebodyAskedForTellsWho() {
        assertThat(asked.keep(CANCEL, "e1", cancel("r1", "enough"), ANN)).isEqualTo(BY_ANN);
        assertThat(asked.keep(CANCEL, "e2", cancel("r1", "enough"), BEN))
                .isEqualTo(Asker.of(new Asker.Subject("token", "ben@example.org", NOW)));

        assertThat(asker("e1", cancel("r1", "enough"))).isEqualTo(BY_ANN);
        assertThat(asker("e2", cancel("r1", "enough")).subject().orElseThrow().name())
                .isEqualTo("ben@example.org");
    }

    @Test
    void whoAsksForTheSameEventLaterIsNotTheOneWhoAsked() {
        asked.keep(CANCEL, "e1", cancel("r1", "enough"), ANN);

        assertThat(asked.keep(CANCEL, "e1", cancel("r1", "enough"), BEN)).isEqualTo(BY_ANN);
    }

    /** Whoever can write to the topic can choose an id, a source and a content, but not make somebody have asked for it. */
    @Test
    void aForgedRecordTellsItsPlaceAlone() {
        asked.keep(CANCEL, "e1", cancel("r1", "enough"), ANN);

        for (TrainingCancelRequested forged :
                List.of(cancel("r2", "enough"), cancel("r1", "Enough"), cancel("r1", ""))) {
            assertThat(asker("e1", forged))
                    .isEqualTo(Asker.of(new Asker.KafkaRecord(CANCEL.topic(), 3, 17, "/catwalk/training")));
        }
        assertThat(asker("e2", cancel("r1", "enough")).subject()).isEmpty();
    }

    @Test
    void whatCantBeReadTellsOfNobody() {
        asked.keep(CANCEL, "e1", cancel("r1", "enough"), ANN);
        ObjectSummary kept = store.list(new Folder("runs/_asked/")).getFirst();
        for (String damaged : List.of("{", "null", "{}", "{\"subject\": {\"kind\": \"key\"}}")) {
            store.put(kept.key(), damaged.getBytes(UTF_8));

            assertThat(asker("e1", cancel("r1", "enough")).record()).isPresent();
            assertThat(asked.keep(CANCEL, "e1", cancel("r1", "enough"), ANN)).isEqualTo(BY_ANN);
        }
    }

    /** So that it has a folder, and its record can be told from a forged one. */
    @Test
    void everyRequestCanBeAskedFor() {
        EventType.all().stream().filter(EventType::isRequest).forEach(this::keepOneOf);

        assertThat(List.of("ingestions", "runs", "sweeps", "rollouts"))
                .allSatisfy(kind ->
                        assertThat(store.list(new Folder(kind + "/_asked/"))).hasSize(2));
    }

    private <M extends Message> void keepOneOf(EventType<M> type) {
        asked.keep(type, "e1", type.withId(EventJson.read(type, "{}".getBytes(UTF_8)), "a"), ANN);
    }

    private Asker asker(String id, TrainingCancelRequested payload) {
        return asked.asker(
                new Event<>(id, "/catwalk/training", CANCEL, NOW, payload),
                new ConsumerRecord<>(CANCEL.topic(), 3, 17, new byte[0], new byte[0]));
    }

    private static TrainingCancelRequested cancel(String run, String reason) {
        return TrainingCancelRequested.newBuilder()
                .setRunId(run)
                .setReason(reason)
                .build();
    }
}
