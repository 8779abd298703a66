package io.catwalk.evaluation.registry;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

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
 * The models in the bucket: their versions and the lines of their labels. Every method may throw the store's exceptions, as
 * {@link ObjectStore} says.
 */
public final class Registry {
    /** The label that each evaluation decides on. */
    public static final Name STABLE = new Name("stable");

    /** Far above that of 256 classes with names of 64 characters. */
    private static final int MAX_MANIFEST_BYTES = 1 << 20;

    private static final int MAX_PROMOTION_BYTES = 1 << 12;

    private static final Pattern MANIFEST = Pattern.compile("([1-9][0-9]{0,17})\\.json");

    private final ObjectStore store;
    private final String writer;
    private final Retry retry;
    private final Map<LabelKey, DecisionJournal> lines = new ConcurrentHashMap<>();

    /** @param writer names this process in the lines, as in journals */
    public Registry(ObjectStore store, String writer, Retry retry) {
        this.store = store;
        this.writer = writer;
        this.retry = retry;
    }

    /** The names of all models of which anything was ever decided, in byte order. */
    public List<Name> models() {
        return Name.among(store.listFolders(Artifacts.models()).stream());
    }

    /** The numbers that a model's manifests have, ascending; whether one was published its label's line says. */
    public List<Long> versions(Name model) {
        return store.list(Artifacts.modelVersions(model)).stream()
                .map(summary -> MANIFEST.matcher(summary.name()))
                .filter(matcher -> matcher.matches())
                .map(matcher -> Long.valueOf(matcher.group(1)))
                .sorted()
                .toList();
    }

    /**
     * A manifest as it lies in the bucket.
     *
     * @param digest of its bytes, among which may be fields of a later release
     */
    public record StoredVersion(VersionManifest manifest, Digest digest) {}

    /** @throws CorruptManifestException when what lies there isn't that version's manifest, however often it is read */
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
     * @return whether this very manifest stands there now, whoever created it
     */
    public boolean create(VersionManifest manifest) {
        ObjectKey key = Artifacts.modelVersion(new Name(manifest.model()), manifest.version());
        byte[] content = VersionManifestJson.write(manifest);
        store.createIfAbsent(key, content);
        // Whatever the answer was: what stands decides.
        return store.read(key, MAX_MANIFEST_BYTES)
                .map(StoredObject::content)
                .filter(standing -> Arrays.equals(standing, content))
                .isPresent();
    }

    /** Whether an evaluation has let a version pass: one that it refused is never loaded anywhere. */
    public boolean isPublished(Name model, long version) {
        return line(model, STABLE).entries().stream()
                .map(LabelDecision::of)
                .filter(LabelDecision::promotes)
                .flatMap(decision -> decision.candidate().stream())
                .anyMatch(candidate -> candidate.version() == version);
    }

    /** The labels of a model that ever had an entry, in byte order. */
    public List<Name> labels(Name model) {
        return Name.among(store.listFolders(Artifacts.modelLabels(model)).stream());
    }

    /** A label's line; its entries' decisions are {@link LabelDecision}s. */
    public DecisionJournal line(Name model, Name label) {
        LabelKey key = new LabelKey(model, label);
        DecisionJournal known = lines.get(key);
        if (known != null) {
            return known;
        }
        DecisionJournal line = new DecisionJournal(store, Artifacts.labelJournal(model, label), writer, retry);
        // Anybody may ask for any name; only lines that exist are worth keeping.
        return line.newest().isPresent() ? lines.computeIfAbsent(key, unused -> line) : line;
    }

    /**
     * What a promotion's id stands for, once it was claimed.
     *
     * @throws CorruptManifestException when what lies there isn't a promotion
     */
    public Optional<ClaimedPromotion> promotion(Name promotionId) {
        ObjectKey key = Artifacts.promotion(promotionId);
        return store.read(key, MAX_PROMOTION_BYTES).map(object -> ClaimedPromotion.read(object.content(), key.path()));
    }

    /**
     * Claims a promotion's id, unless it is claimed: it is one label's of one model, so that no line but that one has to be
     * read to know what became of it.
     *
     * @return what the id stands for now, whoever claimed it
     */
    public ClaimedPromotion claim(Name promotionId, ClaimedPromotion promotion) {
        store.createIfAbsent(Artifacts.promotion(promotionId), promotion.write());
        // Whatever the answer was: what stands decides.
        return promotion(promotionId)
                .orElseThrow(
                        () -> new IllegalStateException("promotion " + promotionId + " vanished after it was claimed"));
    }

    private static VersionManifest manifest(ObjectKey key, StoredObject object, Name model, long version) {
        VersionManifest manifest = VersionManifestJson.read(object.content(), key.path());
        if (!manifest.model().equals(model.value()) || manifest.version() != version) {
            throw new CorruptManifestException(
                    key + " holds the manifest of " + manifest.model() + "/" + manifest.version());
        }
        return manifest;
    }

    private record LabelKey(Name model, Name label) {}
}
