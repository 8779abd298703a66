package io.catwalk.journal.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.journal.Append;
import io.catwalk.journal.Asker;
import io.catwalk.journal.Draft;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.EntryTooLargeException;
import io.catwalk.journal.Failpoint;
import io.catwalk.journal.Journal;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.Retry;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.ObjectStore.ObjectSummary;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jobs of one kind: accepts, cancels and reads them; {@link JobRunner} works on them. */
public final class Jobs {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    private static final int MAX_HEARTBEAT_BYTES = 1 << 16;
    private static final int MAX_FAILURES_OF_INDEXING = 3;

    private final ObjectStore store;
    private final JobKind kind;
    private final String writer;
    private final Retry retry;
    private final JobIndex index;
    private final Set<Name> indexed = ConcurrentHashMap.newKeySet();

    /** @param writer see {@link Journal} */
    public Jobs(ObjectStore store, JobKind kind, String writer, Retry retry) {
        this.store = store;
        this.kind = kind;
        this.writer = writer;
        this.retry = retry;
        this.index = new JobIndex(store, kind, this::journal);
    }

    public JobKind kind() {
        return kind;
    }

    /**
     * Makes a request a job, once: its record may be acknowledged after this returns. A cancel that came before it stands, and
     * ends the job.
     *
     * @param request as it was received
     * @param requestDigest distinguishes a redelivery from another request under the same id
     * @param asker who asked for it; the first stays, where it is asked for again
     * @throws EntryTooLargeException for a request that a journal can't keep
     */
    public Acceptance accept(Name id, JsonNode request, String requestDigest, Asker asker) throws InterruptedException {
        JobFold fold = JobFold.accepted(request, requestDigest, asker);
        if (append(id, 0, new Draft(EntryKind.ACCEPTED, 0, Optional.empty(), JournalJson.tree(fold)))) {
            index(id);
            mark(id);
            return Acceptance.ACCEPTED;
        }
        Job job = retry.untilAnswered(() -> find(id)).orElseThrow();
        while (job.isOnlyCancelled()) {
            Draft draft = draft(EntryKind.ACCEPTED, job, job.fold().requested(request, requestDigest, asker));
            if (append(id, job.newest().number(), draft)) {
                index(id);
                mark(id);
                return Acceptance.ACCEPTED;
            }
            job = retry.untilAnswered(() -> find(id)).orElseThrow();
        }
        if (!job.closed()) {
            mark(id);
        }
        String known = job.fold().requestDigest();
        return known.isEmpty() || known.equals(requestDigest) ? Acceptance.REPEATED : Acceptance.CONFLICT;
    }

    /**
     * Requests a job's end. Before its request has arrived that is kept for it, and no job until then.
     *
     * @param asker who asked for it; the first stays, where it is asked for again
     */
    public Cancellation cancel(Name id, String reason, Asker asker) throws InterruptedException {
        while (true) {
            Optional<Job> job = retry.untilAnswered(() -> find(id));
            if (job.isPresent() && job.get().fold().result().isPresent()) {
                return Cancellation.TOO_LATE;
            }
            boolean cancelled =
                    job.filter(known -> known.fold().cancelled().isPresent()).isPresent();
            if (cancelled
                    || append(id, job.map(known -> known.newest().number()).orElse(0L), cancel(job, reason, asker))) {
                if (job.filter(known -> !known.isOnlyCancelled()).isPresent()) {
                    mark(id);
                }
                return Cancellation.ACCEPTED;
            }
        }
    }

    private static Draft cancel(Optional<Job> job, String reason, Asker asker) {
        return job.map(known -> draft(EntryKind.CANCELLED, known, known.fold().cancelled(reason, asker)))
                .orElseGet(() -> new Draft(
                        EntryKind.CANCELLED,
                        0,
                        Optional.empty(),
                        JournalJson.tree(JobFold.cancelledBeforeItsRequest(reason, asker))));
    }

    private static Draft draft(EntryKind kind, Job job, JobFold fold) {
        return new Draft(kind, job.newest().entry().published(), Optional.empty(), JournalJson.tree(fold));
    }

    private boolean append(Name id, long after, Draft draft) throws InterruptedException {
        return journal(id).append(after, draft) instanceof Append.Done;
    }

    public Optional<Job> find(Name id) {
        return journal(id).newest().map(newest -> Job.of(id, newest));
    }

    /** A job's whole history, in order; empty for an unknown one. */
    public List<Numbered> history(Name id) {
        return journal(id).after(0);
    }

    /** When a job's journal was begun, on the store's clock, also where it can't be read; empty for an unknown job. */
    public Optional<Instant> begun(Name id) {
        return journal(id).begun();
    }

    /** The entry with a job's result, once there is one. */
    public Optional<Numbered> result(Name id) {
        Journal journal = journal(id);
        Optional<Numbered> entry =
                find(id).filter(job -> job.fold().result().isPresent()).map(Job::newest);
        while (entry.isPresent() && entry.get().entry().kind() != EntryKind.RESULT) {
            entry = journal.read(entry.get().number() - 1);
        }
        return entry;
    }

    /** The ids of all jobs there ever were, in the byte order of their names. What isn't named as a job is none. */
    public List<Name> ids() {
        return Name.among(store.listFolders(Artifacts.all(kind)).stream());
    }

    /** The jobs by the time of their acceptance. */
    public JobIndex index() {
        return index;
    }

    /** The ids of the jobs that aren't closed, oldest marker first. What isn't named as a job is none. */
    public List<Name> open() {
        return Name.among(store.list(Artifacts.open(kind)).stream()
                .sorted(Comparator.comparing(ObjectSummary::lastModified).thenComparing(ObjectSummary::name))
                .map(ObjectSummary::name));
    }

    /** What the lease holder last showed of its progress. */
    public Optional<JsonNode> progress(Job job) {
        return heartbeat(job).map(JournalJson::parse).map(heartbeat -> heartbeat.path("progress"));
    }

    Optional<String> heartbeat(Job job) {
        return job.fold()
                .holder()
                .flatMap(holder -> store.read(heartbeatKey(job.id(), holder.claimed()), MAX_HEARTBEAT_BYTES))
                .map(object -> new String(object.content(), UTF_8));
    }

    void writeHeartbeat(Name id, long claimed, Heartbeat heartbeat) {
        store.put(heartbeatKey(id, claimed), JournalJson.bytes(heartbeat));
    }

    void unmark(Name id) {
        Failpoint.reach("marker.delete.before");
        store.delete(marker(id));
    }

    /**
     * Puts those of these open jobs into the index that this process hasn't put there yet: a killed process or an older
     * release may have left them out. Gives up until the next poll when the store fails several.
     */
    void indexAll(Collection<Name> open) {
        indexed.retainAll(open);
        int failures = 0;
        for (Name id : open) {
            if (failures == MAX_FAILURES_OF_INDEXING) {
                return;
            }
            if (!indexed.contains(id) && !index(id)) {
                failures++;
            }
        }
    }

    /**
     * A job's place. It is no matter of the job's own: where it fails, {@link #indexAll} does it later.
     *
     * @return false when the store failed
     */
    private boolean index(Name id) {
        Failpoint.reach("index.add.before");
        return attempt(
                "index " + id,
                () -> begun(id).ifPresent(accepted -> {
                    index.add(new JobPlace(id, accepted));
                    indexed.add(id);
                }));
    }

    /** Keeps how a job ended in the index; called before its marker goes, so that it isn't forgotten. */
    void indexClosed(Job job) {
        try {
            index.addClosed(job);
        } catch (StoreRefusedException e) {
            LOG.warn("can't index {}: {}", job.id(), e.getMessage());
        }
    }

    private static boolean attempt(String what, Runnable call) {
        try {
            call.run();
            return true;
        } catch (StoreUnavailableException | StoreRefusedException e) {
            LOG.warn("can't {}: {}", what, e.getMessage());
            return false;
        }
    }

    Journal journal(Name id) {
        return journal(id, retry);
    }

    /** @param appends how an append is made again while it is undecided */
    Journal journal(Name id, Retry appends) {
        return new Journal(store, Artifacts.journal(kind, id), writer, appends);
    }

    String writer() {
        return writer;
    }

    ObjectStore store() {
        return store;
    }

    private void mark(Name id) throws InterruptedException {
        Failpoint.reach("marker.put.before");
        retry.untilAnswered(() -> {
            putMarker(id);
            return id;
        });
        Failpoint.reach("marker.put.after");
    }

    /** Marks a job as open. */
    void putMarker(Name id) {
        store.put(marker(id), new byte[0]);
    }

    private ObjectKey marker(Name id) {
        return Artifacts.open(kind).key(id.value());
    }

    private ObjectKey heartbeatKey(Name id, long claimed) {
        return Artifacts.heartbeats(kind, id).key(Long.toString(claimed));
    }

    /**
     * @param count of heartbeats so far: a live lease holder writes a new one at each poll
     * @param progress what the work last showed
     */
    record Heartbeat(long count, JsonNode progress) {}
}
