package io.catwalk.journal.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.catwalk.journal.JournalJson;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.ObjectTooLargeException;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Builds a kind's index from its journals, once: an object in the bucket says that it is done, or how far it has got. Jobs
 * that are accepted meanwhile are put into the index as they are, so that it misses none at the end. Several processes may
 * build it at a time: they all put the same into it.
 *
 * <p>Jobs that aren't closed, or can't be read, get their markers again: a restored bucket has neither index nor markers. The
 * marker of a job that is closed meanwhile is deleted by the next poll that reads it.
 */
public final class IndexBuilder {
    private static final Logger LOG = LoggerFactory.getLogger(IndexBuilder.class);
    private static final int MAX_NOTE_BYTES = 1 << 12;
    private static final int JOBS_PER_NOTE = 100;
    private static final int MAX_FAILURES_IN_A_ROW = 5;

    private final Jobs jobs;
    private final ObjectStore store;
    private final ObjectKey note;
    private volatile boolean done;

    public IndexBuilder(Jobs jobs) {
        this.jobs = jobs;
        this.store = jobs.store();
        this.note = Artifacts.indexed(jobs.kind());
    }

    /** Whether the index has all jobs, as of the last poll. */
    public boolean done() {
        return done;
    }

    /**
     * Builds the index whenever it is missing; doesn't return.
     *
     * @param poll distance between checks of whether there is still one; a deleted one is built again
     */
    public void keep(Duration poll) throws InterruptedException {
        while (true) {
            try {
                build();
            } catch (StoreUnavailableException | StoreRefusedException e) {
                LOG.warn("can't build the index of {}: {}", jobs.kind().folder(), e.getMessage());
            }
            Thread.sleep(poll);
        }
    }

    /** Builds it unless that was done, from where the last attempt has got to. May throw the store's exceptions. */
    public void build() {
        Progress progress = progress();
        if (!progress.done()) {
            done = false;
            List<Name> missing = jobs.ids().stream()
                    .filter(id -> id.value().compareTo(progress.last()) > 0)
                    .toList();
            addAll(missing);
            write(new Progress(true, ""));
            LOG.info(
                    "the index of {} is built: {} jobs were missing",
                    jobs.kind().folder(),
                    missing.size());
        }
        done = true;
    }

    private void addAll(List<Name> missing) {
        int failures = 0;
        for (int i = 0; i < missing.size(); i++) {
            try {
                add(missing.get(i));
                failures = 0;
            } catch (StoreUnavailableException | StoreRefusedException e) {
                // One job's objects may be out of reach for long; if it is all of them, another time will do.
                failures++;
                if (failures == MAX_FAILURES_IN_A_ROW || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                LOG.warn("leaving {} out of the index: {}", missing.get(i), e.getMessage());
                jobs.putMarker(missing.get(i));
            }
            if (failures == 0 && i % JOBS_PER_NOTE == JOBS_PER_NOTE - 1) {
                write(new Progress(false, missing.get(i).value()));
            }
        }
    }

    private void add(Name id) {
        Optional<Instant> accepted = jobs.begun(id);
        if (accepted.isEmpty()) {
            return;
        }
        jobs.index().add(new JobPlace(id, accepted.get()));
        try {
            jobs.find(id).ifPresent(this::addState);
        } catch (UnknownEntryException | ObjectTooLargeException e) {
            LOG.warn("{} can't be read: {}", id, e.getMessage());
            jobs.putMarker(id);
        }
    }

    private void addState(Job job) {
        if (job.closed()) {
            jobs.index().addClosed(job);
        } else if (!job.isOnlyCancelled()) {
            jobs.putMarker(job.id());
        }
    }

    private Progress progress() {
        try {
            return store.read(note, MAX_NOTE_BYTES)
                    .map(object -> JournalJson.record(object.content(), Progress.class, note.path()))
                    .orElse(Progress.NONE);
        } catch (UnknownEntryException | ObjectTooLargeException e) {
            return Progress.NONE;
        }
    }

    private void write(Progress progress) {
        store.put(note, JournalJson.bytes(progress));
    }

    /**
     * How far an index is built.
     *
     * @param last the id of the last job that was put into it, in the byte order of ids
     */
    private record Progress(boolean done, String last) {
        static final Progress NONE = new Progress(false, "");
    }
}
