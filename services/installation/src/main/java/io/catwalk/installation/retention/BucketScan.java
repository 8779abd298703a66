package io.catwalk.installation.retention;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.ObjectStore.ObjectSummary;
import io.catwalk.objectstore.StoreUnavailableException;

/**
 * Reads all journals and manifests: which jobs there are, and what is named. Blobs that are named and begin as JSON name more, as a
 * dataset's manifest does. Nothing is taken for unnamed because it can't be understood; what can't be read at all ends the scan.
 */
final class BucketScan {
    private static final int MAX_DOCUMENT_BYTES = 64 << 20;
    private static final String CLOSED = "closed";
    /** What is no claim in any release until now; a later one's kind may be one. */
    private static final Set<String> NO_CLAIMS =
            Set.of("accepted", "progress", "released", "cancelled", "result", CLOSED);

    private final ObjectStore store;
    private final Readers readers;
    private final Set<String> named = ConcurrentHashMap.newKeySet();
    private final Collection<KnownJob> jobs = new ConcurrentLinkedQueue<>();

    BucketScan(ObjectStore store, Readers readers) {
        this.store = store;
        this.readers = readers;
    }

    /** All that a bucket's documents say. */
    Found run() throws InterruptedException {
        List<Callable<Void>> ofJobs = new ArrayList<>();
        for (JobKind kind : JobKind.values()) {
            for (Name id : Name.among(readers.ask(() -> store.listFolders(Artifacts.all(kind))).stream())) {
                ofJobs.add(() -> {
                    readJob(kind, id);
                    return null;
                });
            }
        }
        readers.runAll(ofJobs);
        // After the jobs: one that is seen as closed has decided before, in whatever journal.
        List<Callable<Void>> ofDocuments = new ArrayList<>();
        for (Folder folder : List.of(Artifacts.datasets(), Artifacts.models())) {
            for (ObjectSummary document : readers.ask(() -> store.list(folder))) {
                ofDocuments.add(() -> {
                    scan(document.key());
                    return null;
                });
            }
        }
        readers.runAll(ofDocuments);
        follow();
        return new Found(Set.copyOf(named), List.copyOf(jobs));
    }

    /** @param named digests' hex, and what looks so */
    record Found(Set<String> named, List<KnownJob> jobs) {}

    private void readJob(JobKind kind, Name id) throws InterruptedException {
        List<ObjectSummary> entries = readers.ask(() -> store.list(Artifacts.journal(kind, id)));
        Optional<Instant> firstClaim = Optional.empty();
        Optional<Instant> closed = Optional.empty();
        Optional<JsonNode> newest = Optional.empty();
        for (ObjectSummary object : entries) {
            Optional<JsonNode> entry = parse(scan(object.key()));
            String said = entry.map(known -> known.path("kind").asText()).orElse("");
            if (firstClaim.isEmpty() && !NO_CLAIMS.contains(said)) {
                firstClaim = Optional.of(object.lastModified());
            }
            closed = said.equals(CLOSED) ? Optional.of(object.lastModified()) : Optional.empty();
            newest = entry.map(known -> known.path("fold")).filter(JsonNode::isObject);
        }
        if (!entries.isEmpty()) {
            jobs.add(new KnownJob(kind, id, closed, firstClaim, newest));
        }
    }

    private byte[] scan(ObjectKey key) throws InterruptedException {
        byte[] content = readers.ask(() -> store.read(key, MAX_DOCUMENT_BYTES))
                .map(ObjectStore.StoredObject::content)
                .orElse(new byte[0]);
        try {
            DigestScanner.scan(new ByteArrayInputStream(content), named::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return content;
    }

    private static Optional<JsonNode> parse(byte[] content) {
        try {
            return Optional.of(JournalJson.parse(new String(content, StandardCharsets.UTF_8)));
        } catch (UnknownEntryException e) {
            return Optional.empty();
        }
    }

    private void follow() throws InterruptedException {
        Set<String> followed = ConcurrentHashMap.newKeySet();
        List<String> next = List.copyOf(named);
        while (!next.isEmpty()) {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (String digest : next) {
                followed.add(digest);
                tasks.add(() -> {
                    readers.ask(() -> scanDocument(Artifacts.blob(new Digest(digest))));
                    return null;
                });
            }
            readers.runAll(tasks);
            next = named.stream().filter(digest -> !followed.contains(digest)).toList();
        }
    }

    private boolean scanDocument(ObjectKey blob) {
        Optional<InputStream> content = store.open(blob);
        if (content.isEmpty()) {
            return false;
        }
        try (InputStream in = content.get()) {
            boolean json = in.read() == '{';
            if (json) {
                DigestScanner.scan(in, named::add);
            }
            return json;
        } catch (IOException e) {
            throw new StoreUnavailableException("reading " + blob + " broke off", e);
        }
    }
}
