package io.catwalk.serving.registry;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.catwalk.events.BadEventException;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.journal.Event;
import io.catwalk.journal.Retry;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.journal.decision.DecisionEntry;
import io.catwalk.journal.decision.DecisionJournal;
import io.catwalk.model.v1.ModelPromoted;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import jakarta.inject.Singleton;

/**
 * What each label pointed at and when, from the labels' journals in the bucket; refused promotions aren't part of it. Entries
 * that were read stay in memory. Methods throw the store's exceptions, and {@link UnknownEntryException} for a journal that
 * can't be read. Thread-safe.
 */
@Singleton
public class LabelHistory {
    /** Nothing is appended here. */
    private static final Retry NO_APPENDS = new Retry(Duration.ofSeconds(1), Duration.ofSeconds(1));

    private static final Comparator<PastPromotion> NEWEST_FIRST = Comparator.comparing(PastPromotion::since)
            .thenComparing(PastPromotion::entry)
            .reversed()
            .thenComparing(PastPromotion::label);

    private final ObjectStore store;
    private final Map<Folder, DecisionJournal> journals = new ConcurrentHashMap<>();

    public LabelHistory(ObjectStore store) {
        this.store = store;
    }

    /** All promotions of a model's labels, the newest first; absent for a model of which nothing was decided. */
    public Optional<List<PastPromotion>> all(Name model) {
        return labels(model)
                .map(labels -> labels.stream()
                        .flatMap(label -> promotions(model, label))
                        .sorted(NEWEST_FIRST)
                        .toList());
    }

    /** The promotion that each label of a model stood at, by the label's name; absent as in {@link #all}. */
    public Optional<List<PastPromotion>> at(Name model, Instant time) {
        return labels(model)
                .map(labels -> labels.stream()
                        .flatMap(label -> promotions(model, label)
                                .filter(promotion -> !promotion.since().isAfter(time))
                                .max(Comparator.comparing(PastPromotion::entry))
                                .stream())
                        .toList());
    }

    private Optional<List<Name>> labels(Name model) {
        List<Name> labels = Name.among(store.listFolders(Artifacts.modelLabels(model)).stream());
        return Optional.of(labels).filter(found -> !found.isEmpty());
    }

    private Stream<PastPromotion> promotions(Name model, Name label) {
        return journals
                .computeIfAbsent(
                        Artifacts.labelJournal(model, label),
                        folder -> new DecisionJournal(store, folder, "serving", NO_APPENDS))
                .entries()
                .stream()
                .flatMap(entry -> entry
                        .event()
                        .filter(event -> event.type().equals(EventType.MODEL_PROMOTED.topic()))
                        .map(event -> promotion(label, entry, event))
                        .stream());
    }

    private static PastPromotion promotion(Name label, DecisionEntry entry, Event event) {
        ModelPromoted promoted;
        try {
            promoted = EventJson.fromJson(EventType.MODEL_PROMOTED, event.body());
        } catch (BadEventException e) {
            throw new UnknownEntryException(entry.eventId() + " holds no promotion: " + e.getMessage(), e);
        }
        return new PastPromotion(
                label.value(),
                promoted.getVersion(),
                promoted.getModelDigest(),
                entry.appended(),
                entry.cause(),
                entry.number(),
                promoted.hasWeight() ? OptionalDouble.of(promoted.getWeight()) : OptionalDouble.empty());
    }
}
