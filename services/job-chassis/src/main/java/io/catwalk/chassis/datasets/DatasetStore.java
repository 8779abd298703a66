package io.catwalk.chassis.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.catwalk.chassis.jobs.JobsConfig;
import io.catwalk.chassis.manifest.ManifestJson;
import io.catwalk.chassis.node.Node;
import io.catwalk.dataset.CorruptDatasetException;
import io.catwalk.dataset.DatasetDecision;
import io.catwalk.dataset.DatasetManifest;
import io.catwalk.journal.Retry;
import io.catwalk.journal.decision.DecisionEntry;
import io.catwalk.journal.decision.DecisionJournal;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.CorruptBlobException;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * The datasets in the bucket: what their names stand for, and the content that a digest names. Every method may throw the
 * store's exceptions, as {@link ObjectStore} says.
 */
@ApplicationScoped
public class DatasetStore {
    /** Far above that of 256 classes with names of 64 characters. */
    private static final int MAX_MANIFEST_BYTES = 1 << 20;

    private final ObjectStore store;
    private final Blobs blobs;
    private final String writer;
    private final Retry retry;
    private final Map<Name, DecisionJournal> journals = new ConcurrentHashMap<>();

    @Inject
    DatasetStore(ObjectStore store, Blobs blobs, Node node, JobsConfig jobs) {
        this(store, blobs, node.writer(), jobs.settings().retry());
    }

    /** @param writer names this process in the decision journals, see {@link Node#writer} */
    public DatasetStore(ObjectStore store, Blobs blobs, String writer, Retry retry) {
        this.store = store;
        this.blobs = blobs;
        this.writer = writer;
        this.retry = retry;
    }

    /** The names of all datasets of which anything was ever decided, in byte order. */
    public List<Name> names() {
        return Name.among(store.listFolders(Artifacts.datasets()).stream());
    }

    /** A dataset's decision journal; its entries' decisions are {@link DatasetDecision}s. */
    public DecisionJournal journal(Name dataset) {
        DecisionJournal known = journals.get(dataset);
        return known != null ? known : new DecisionJournal(store, Artifacts.datasetJournal(dataset), writer, retry);
    }

    /** What was last decided of a dataset, ready or rejected. */
    public Optional<DecisionEntry> newest(Name dataset) {
        DecisionJournal journal = journal(dataset);
        Optional<DecisionEntry> newest = journal.newest();
        // A client may ask for any name; only journals that exist are worth keeping.
        newest.ifPresent(entry -> journals.putIfAbsent(dataset, journal));
        return newest;
    }

    /** Stores a manifest; equal manifests have the equal digest. */
    public Digest put(DatasetManifest manifest) {
        return blobs.put(ManifestJson.write(manifest));
    }

    /** The digest that {@link #put} would give. */
    public Digest digest(DatasetManifest manifest) {
        return Digest.of(ManifestJson.write(manifest));
    }

    /**
     * @throws CorruptBlobException when the blob is missing or damaged
     * @throws CorruptDatasetException when it isn't a manifest
     */
    public DatasetManifest manifest(Digest digest) {
        byte[] json = blobs.read(digest, MAX_MANIFEST_BYTES);
        try {
            return ManifestJson.read(json, DatasetManifest.class);
        } catch (IOException e) {
            throw new CorruptDatasetException("blob " + digest + " isn't a dataset's manifest: " + e.getMessage(), e);
        }
    }

    /**
     * The bytes of one of a dataset's files, unchecked.
     *
     * @throws CorruptDatasetException when the blob is missing
     */
    InputStream open(String digest) {
        return store.open(Artifacts.blob(Digest.parse(digest)))
                .orElseThrow(() -> new CorruptDatasetException("blob " + digest + " is missing"));
    }
}
