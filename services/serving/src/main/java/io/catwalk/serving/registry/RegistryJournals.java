package io.catwalk.serving.registry;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.journal.Event;
import io.catwalk.journal.Journal;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.Retry;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.model.v1.ModelPromoted;
import io.catwalk.model.v1.ModelPublished;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The decisions of the label journals, for topics that were lost or created later. A journal or manifest that can't be read
 * is skipped.
 */
final class RegistryJournals {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryJournals.class);
    /** Far above 256 classes with names of 64 characters. */
    private static final int MAX_MANIFEST_BYTES = 1 << 20;
    /** Nothing is appended here. */
    private static final Retry NO_APPENDS = new Retry(Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final ObjectStore store;
    private final ModelRegistry registry;
    private final RegistryEvents events;

    RegistryJournals(ObjectStore store, ModelRegistry registry) {
        this.store = store;
        this.registry = registry;
        this.events = new RegistryEvents(registry);
    }

    /**
     * Adds each promotion after the newest known one of its label to the registry, with its version. Throws the store's exceptions.
     *
     * @return the journals that couldn't be read, with the reasons
     */
    List<String> addMissing() {
        List<String> unreadable = new ArrayList<>();
        for (Name model : Name.among(store.listFolders(Artifacts.models()).stream())) {
            for (Name label : Name.among(store.listFolders(Artifacts.modelLabels(model)).stream())) {
                try {
                    addMissing(model, label);
                } catch (StoreUnavailableException | StoreRefusedException e) {
                    throw e;
                } catch (RuntimeException e) {
                    LOG.error("the journal of label {}/{} can't be read: {}", model, label, e.getMessage());
                    unreadable.add(model + "/" + label + ": " + e.getMessage());
                }
            }
        }
        return unreadable;
    }

    private void addMissing(Name model, Name label) {
        Journal journal = new Journal(store, Artifacts.labelJournal(model, label), "serving", NO_APPENDS);
        for (Numbered entry : journal.after(newestKnown(model, label))) {
            Optional<Event> promotion =
                    entry.entry().event().filter(event -> event.type().equals(EventType.MODEL_PROMOTED.topic()));
            if (promotion.isPresent()) {
                add(EventJson.fromJson(EventType.MODEL_PROMOTED, promotion.get().body()));
                LOG.info("{} wasn't in the topics; added from its journal", entry.eventId());
            }
        }
    }

    private long newestKnown(Name model, Name label) {
        return registry.labels(model).getOrDefault(label, List.of()).stream()
                .findFirst()
                .map(Promotion::entry)
                .orElse(0L);
    }

    /** The version first, so that it is known when its promotion is. */
    private void add(ModelPromoted promoted) {
        Name model = new Name(promoted.getModel());
        if (registry.version(model, promoted.getVersion()).isEmpty()) {
            events.apply(published(model, promoted.getVersion()));
        }
        events.apply(promoted);
    }

    private ModelPublished published(Name model, long version) {
        ObjectKey key = Artifacts.modelVersion(model, version);
        byte[] content = store.read(key, MAX_MANIFEST_BYTES)
                .orElseThrow(() -> new UnknownEntryException(key + " is missing"))
                .content();
        return published(model, version, content);
    }

    /**
     * A manifest as its event, but of entry 0, so that the event itself takes precedence if it arrives.
     *
     * @throws UnknownEntryException when it isn't a manifest
     */
    static ModelPublished published(Name model, long version, byte[] manifest) {
        Manifest fields =
                JournalJson.record(JournalJson.parse(new String(manifest, StandardCharsets.UTF_8)), Manifest.class);
        return ModelPublished.newBuilder()
                .setModel(model.value())
                .setVersion(version)
                .setModelDigest(fields.digests().model())
                .setOnnxDigest(fields.digests().onnx().orElse(""))
                .setProfileDigest(fields.digests().profile().orElse(""))
                .addAllImageShape(fields.imageShape())
                .addAllLabelNames(fields.labelNames())
                .build();
    }

    /** The fields of a version's manifest that serving needs. */
    private record Manifest(Digests digests, List<Integer> imageShape, List<String> labelNames) {
        Manifest {
            requireNonNull(digests, "digests is missing");
            imageShape = List.copyOf(requireNonNull(imageShape, "imageShape is missing"));
            labelNames = List.copyOf(requireNonNull(labelNames, "labelNames is missing"));
        }
    }

    private record Digests(String model, Optional<String> onnx, Optional<String> profile) {
        Digests {
            requireNonNull(model, "digests.model is missing");
        }
    }
}
