package io.catwalk.history.content;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.history.snapshot.BucketReader;
import io.catwalk.history.snapshot.JobSnapshot;
import io.catwalk.history.snapshot.JournalSnapshot;
import io.catwalk.history.snapshot.ModelSnapshot;
import io.catwalk.history.spill.Spill;
import io.catwalk.journal.Event;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.job.JobFold;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.JobKind;

/** Collects which content journals and manifests name, and the documents among it. Safe for several threads. */
public final class NamedContent implements AutoCloseable {
    /** One for each first byte of a digest, so that the buckets' order is that of the blobs in the store. */
    private static final int BUCKETS = 256;

    /** Fields that name a dataset's manifest or an evaluation's report, which name more. */
    private static final Set<String> DOCUMENTS = Set.of("datasetDigest", "data", "digest", "reportDigest", "report");

    private final Spill<Named> named = new Spill<>(BUCKETS, new Codec());
    private final Set<Digest> followed = new HashSet<>();
    private final BucketReader bucket;

    public NamedContent(BucketReader bucket) {
        this.bucket = bucket;
    }

    /**
     * Content that must be there.
     *
     * @param unit of what names it
     * @param key where it lies
     * @param by the first that names it, with the field
     */
    public record Named(Digest digest, String unit, String key, String by) {
        /** Whether it lies with its run, and was seen there. */
        public boolean isCheckpoint() {
            return !key.equals(Artifacts.blob(digest).path());
        }
    }

    /** What the entries of a journal name: in their states and decisions, and in their events. */
    public void add(String unit, JournalSnapshot journal) throws InterruptedException {
        Set<Digest> known = new HashSet<>();
        for (Numbered entry : journal.entries()) {
            add(unit, journal.key(entry.number()), entry.entry().fold(), known);
            Optional<JsonNode> event = entry.entry().event().map(Event::body);
            if (event.isPresent()) {
                add(unit, journal.key(entry.number()), event.get(), known);
            }
        }
    }

    /** The checkpoints of a run's newest entry. */
    public void addCheckpoints(JobSnapshot run) {
        if (run.kind() != JobKind.RUN) {
            return;
        }
        run.newestFold()
                .map(JobFold::state)
                .ifPresent(state -> state.path("checkpoints").forEach(checkpoint -> {
                    Digest digest = Digest.parse(checkpoint.path("digest").asText());
                    String key = run.unit() + "/checkpoints/" + digest.hex();
                    String by = run.journal().key(run.journal().numbers().getLast()) + " checkpoints.digest";
                    if (run.checkpoints().stream()
                            .anyMatch(object -> object.key().path().equals(key))) {
                        put(new Named(digest, run.unit(), key, by));
                    }
                }));
    }

    /** What a model's manifests name. */
    public void add(ModelSnapshot model) throws InterruptedException {
        for (ModelSnapshot.Version version : model.versions().values()) {
            if (version.manifest().isPresent()) {
                add(model.unit(), version.key(), version.manifest().get(), new HashSet<>());
            }
        }
    }

    private void add(String unit, String key, JsonNode document, Set<Digest> known) throws InterruptedException {
        Map<Digest, NamedDigest> found = new LinkedHashMap<>();
        NamedDigests.find(document, digest -> found.putIfAbsent(digest.digest(), digest));
        for (NamedDigest digest : found.values()) {
            if (known.add(digest.digest())) {
                put(new Named(
                        digest.digest(), unit, Artifacts.blob(digest.digest()).path(), key + " " + digest.path()));
                follow(unit, digest);
            }
        }
    }

    private void follow(String unit, NamedDigest document) throws InterruptedException {
        if (DOCUMENTS.contains(document.field()) && isNew(document.digest())) {
            Optional<JsonNode> content = bucket.document(document.digest());
            if (content.isPresent()) {
                add(unit, Artifacts.blob(document.digest()).path(), content.get(), new HashSet<>());
            }
        }
    }

    private synchronized boolean isNew(Digest document) {
        return followed.add(document);
    }

    private void put(Named content) {
        named.add(Integer.parseInt(content.digest().hex().substring(0, 2), 16), content);
    }

    public int buckets() {
        return BUCKETS;
    }

    /** What is named in a bucket, each key once, in their digests' order. */
    public List<Named> in(int number) {
        Map<String, Named> once = new LinkedHashMap<>();
        named.read(number).forEach(content -> once.putIfAbsent(content.key(), content));
        return once.values().stream()
                .sorted((one, other) ->
                        one.digest().hex().compareTo(other.digest().hex()))
                .toList();
    }

    @Override
    public void close() {
        named.close();
    }

    private static final class Codec implements Spill.Codec<Named> {
        @Override
        public void write(Named value, DataOutput out) throws IOException {
            out.writeUTF(value.digest().hex());
            out.writeUTF(value.unit());
            out.writeUTF(value.key());
            out.writeUTF(value.by());
        }

        @Override
        public Named read(DataInput in) throws IOException {
            return new Named(new Digest(in.readUTF()), in.readUTF(), in.readUTF(), in.readUTF());
        }
    }
}
