package io.catwalk.evaluation.registry;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import io.catwalk.chassis.manifest.ManifestJson;
import io.catwalk.journal.Retry;
import io.catwalk.journal.decision.DecisionJournal;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.ObjectStore.StoredObject;
import io.catwalk.objectstore.Rereading;

/**
 * The models in the bucket: their versions and label journals. Every method may throw the store's exceptions, as
 * {@link ObjectStore} says.
 */
public final class Registry {
    /** The label that each evaluation decides on. */
    public static final Name STABLE = new Name("stable");

    /** Far above a manifest of 256 classes with names of 64 characters. */
    private static final int MAX_MANIFEST_BYTES = 1 << 20;

    private static final int MAX_PROMOTION_BYTES = 1 << 12;

    private static final Pattern MANIFEST = Pattern.compile("([1-9][0-9]{0,17})\\.json");

    private final ObjectStore store;
    private final String writer;
    private final Retry retry;
    private final Map<LabelKey, DecisionJournal> journals = new ConcurrentHashMap<>();

    /** @param writer this process's name in journal entries */
    public Registry(ObjectStore store, String writer, Retry retry) {
        this.store = store;
        this.writer = writer;
        this.retry = retry;
    }

    /** The names of all models with a decision, in byte order. */
    public List<Name> models() {
        return Name.among(store.listFolders(Artifacts.models()).stream());
    }

    /** The numbers that a model's manifests have, ascending; whether a version was published is in its label journal. */
    public List<Long> versions(Name model) {
        return store.list(Artifacts.modelVersions(model)).stream()
                .map(summary -> MANIFEST.matcher(summary.name()))
                .filter(matcher -> matcher.matches())
                .map(matcher -> Long.valueOf(matcher.group(1)))
                .sorted()
                .toList();
    }

    /**
     * A manifest as stored.
     *
     * @param digest of its bytes, among which may be fields of a later release
     */
    public record StoredVersion(VersionManifest manifest, Digest digest) {}

    /** @throws CorruptManifestException when the object isn't that version's manifest, however often it is read */
    public Optional<VersionManifest> version(Name model, long version) {
        return stored(model, version).map(StoredVersion::manifest);
    }

    /**
     * A version's manifest with its digest.
     *
     * @throws CorruptManifestException as {@link #version} throws it
     */
    public Optional<StoredVersion> stored(Name model, long version) {
        ObjectKey key = Artifacts.modelVersion(model, version);
        return Rereading.untilIntact(
                CorruptManifestException.class,
                () -> store.read(key, MAX_MANIFEST_BYTES)
                        .map(object ->
                                new StoredVersion(manifest(key, object, model, version), Digest.of(object.content()))));
    }

    /**
     * Creates a version's manifest unless that number is taken.
     *
     * @return whether this manifest is stored now, whichever process created it
     */
    public boolean create(VersionManifest manifest) {
        ObjectKey key = Artifacts.modelVersion(new Name(manifest.model()), manifest.version());
        byte[] content = ManifestJson.write(manifest);
        store.createIfAbsent(key, content);
        // The stored object decides, whatever the call returned.
        return store.read(key, MAX_MANIFEST_BYTES)
                .map(StoredObject::content)
                .filter(standing -> Arrays.equals(standing, content))
                .isPresent();
    }

    /** Whether a version has passed its evaluation: a refused one is never loaded. */
    public boolean isPublished(Name model, long version) {
        return labelJournal(model, STABLE).entries().stream()
                .map(LabelDecision::of)
                .filter(LabelDecision::promotes)
                .flatMap(decision -> decision.candidate().stream())
                .anyMatch(candidate -> candidate.version() == version);
    }

    /** The labels of a model with at least one entry, in byte order. */
    public List<Name> labels(Name model) {
        return Name.among(store.listFolders(Artifacts.modelLabels(model)).stream());
    }

    /** A label's journal of {@link LabelDecision}s. */
    public DecisionJournal labelJournal(Name model, Name label) {
        LabelKey key = new LabelKey(model, label);
        DecisionJournal known = journals.get(key);
        if (known != null) {
            return known;
        }
        DecisionJournal journal = new DecisionJournal(store, Artifacts.labelJournal(model, label), writer, retry);
        // Requests may name any label; only existing journals are cached.
        return journal.newest().isPresent() ? journals.computeIfAbsent(key, unused -> journal) : journal;
    }

    /**
     * The promotion that an id was claimed for.
     *
     * @throws CorruptManifestException when the object isn't a promotion
     */
    public Optional<ClaimedPromotion> promotion(Name promotionId) {
        ObjectKey key = Artifacts.promotion(promotionId);
        return store.read(key, MAX_PROMOTION_BYTES).map(object -> ClaimedPromotion.read(object.content(), key.path()));
    }

    /**
     * Claims a promotion's id for one label of one model, unless it is claimed, so that only that label's journal has to be
     * read for its result.
     *
     * @return the promotion that the id is claimed for now
     */
    public ClaimedPromotion claim(Name promotionId, ClaimedPromotion promotion) {
        store.createIfAbsent(Artifacts.promotion(promotionId), promotion.write());
        // The stored object decides, whatever the call returned.
        return promotion(promotionId)
                .orElseThrow(
                        () -> new IllegalStateException("promotion " + promotionId + " vanished after it was claimed"));
    }

    private static VersionManifest manifest(ObjectKey key, StoredObject object, Name model, long version) {
        VersionManifest manifest;
        try {
            manifest = ManifestJson.read(object.content(), VersionManifest.class);
        } catch (IOException e) {
            throw new CorruptManifestException(key.path() + " isn't a version's manifest: " + e.getMessage(), e);
        }
        if (!manifest.model().equals(model.value()) || manifest.version() != version) {
            throw new CorruptManifestException(
                    key + " holds the manifest of " + manifest.model() + "/" + manifest.version());
        }
        return manifest;
    }

    private record LabelKey(Name model, Name label) {}
}
