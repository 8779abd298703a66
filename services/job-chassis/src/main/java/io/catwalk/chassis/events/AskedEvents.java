package io.catwalk.chassis.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import com.google.protobuf.Message;
import io.catwalk.access.Caller;
import io.catwalk.events.Event;
import io.catwalk.events.EventType;
import io.catwalk.events.RequestDigest;
import io.catwalk.journal.Asker;
import io.catwalk.journal.Failpoint;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.ObjectTooLargeException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who asks for events. For one that is asked for over HTTP it is kept in the bucket before the event is published, under a digest of
 * the event's type, id and content: so a record of the topic says by what it is, and not by what its producer claims, whether
 * somebody authenticated has asked for it. Every method may throw the store's exceptions.
 */
@Singleton
public class AskedEvents {
    private static final Logger LOG = LoggerFactory.getLogger(AskedEvents.class);
    private static final int MAX_BYTES = 1 << 16;
    private static final Map<EventType<?>, JobKind> KINDS = Map.of(
            EventType.DATASET_REQUESTED, JobKind.INGESTION,
            EventType.DATASET_CANCEL_REQUESTED, JobKind.INGESTION,
            EventType.TRAINING_REQUESTED, JobKind.RUN,
            EventType.TRAINING_CANCEL_REQUESTED, JobKind.RUN,
            EventType.SWEEP_REQUESTED, JobKind.SWEEP,
            EventType.SWEEP_CANCEL_REQUESTED, JobKind.SWEEP,
            EventType.PROMOTION_REQUESTED, JobKind.ROLLOUT,
            EventType.ROLLOUT_CANCEL_REQUESTED, JobKind.ROLLOUT);

    private final ObjectStore store;
    private final Clock clock;

    @Inject
    AskedEvents(ObjectStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /**
     * Keeps that a caller asks for an event, unless somebody has asked for the same one.
     *
     * @return who asked first
     */
    public <M extends Message> Asker keep(EventType<M> type, String eventId, M payload, Caller caller) {
        String kind = caller.kind().name().toLowerCase(Locale.ROOT);
        Asker.Subject subject = new Asker.Subject(kind, caller.name(), clock.instant());
        Identity identity = Identity.of(type, eventId, payload);
        ObjectKey key = identity.key(type);
        boolean first = store.createIfAbsent(key, JournalJson.bytes(new Asked(identity, subject)));
        Failpoint.reach("asked.put.after");
        return Asker.of(first ? subject : read(key).orElse(subject));
    }

    /** Who has asked for an event that stands on a topic: whoever asked for it over HTTP, else the record tells its place. */
    <M extends Message> Asker asker(Event<M> event, ConsumerRecord<?, ?> record) {
        Optional<Asker.Subject> subject = event.type().isRequest()
                ? read(Identity.of(event.type(), event.id(), event.payload()).key(event.type()))
                : Optional.empty();
        return subject.map(Asker::of)
                .orElseGet(() -> Asker.of(
                        new Asker.KafkaRecord(record.topic(), record.partition(), record.offset(), event.source())));
    }

    /** An object that can't be read says of nobody that he asked. */
    private Optional<Asker.Subject> read(ObjectKey key) {
        try {
            return store.read(key, MAX_BYTES)
                    .map(object -> JournalJson.record(object.content(), Asked.class, key.path()))
                    .map(Asked::subject);
        } catch (UnknownEntryException | ObjectTooLargeException e) {
            LOG.warn("who asked can't be read: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /**
     * What is kept.
     *
     * @param event for people; readers go by its digest
     */
    private record Asked(Identity event, Asker.Subject subject) {
        private Asked {
            Objects.requireNonNull(subject, "subject");
            Objects.requireNonNull(subject.kind(), "subject.kind");
            Objects.requireNonNull(subject.name(), "subject.name");
            Objects.requireNonNull(subject.time(), "subject.time");
        }
    }

    /** What tells an event from all others: neither id nor type contains a line break. */
    private record Identity(String type, String id, String content) {
        static <M extends Message> Identity of(EventType<M> type, String id, M payload) {
            return new Identity(type.name(), id, RequestDigest.of(payload));
        }

        ObjectKey key(EventType<?> requested) {
            byte[] text = String.join("\n", type, id, content).getBytes(UTF_8);
            return Artifacts.asked(Objects.requireNonNull(KINDS.get(requested)), Digest.of(text));
        }
    }
}
