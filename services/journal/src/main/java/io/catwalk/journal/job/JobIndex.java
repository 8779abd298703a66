package io.catwalk.journal.job;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catwalk.journal.Entry;
import io.catwalk.journal.Journal;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.ObjectStore.ObjectSummary;
import io.catwalk.objectstore.ObjectTooLargeException;

/**
 * The jobs of a kind by the time of their acceptance, and how the closed ones ended, so that a page of them reads none of
 * the others. All of it is derived from the journals, decides nothing, and is rebuilt by {@link IndexBuilder}. Every
 * method may throw the store's exceptions.
 */
public final class JobIndex {
    private static final int MAX_CLOSED_BYTES = 1 << 16;
    private static final int MAX_KEPT_BYTES = 1 << 14;

    private final ObjectStore store;
    private final JobKind kind;
    private final Function<Name, Journal> journals;

    JobIndex(ObjectStore store, JobKind kind, Function<Name, Journal> journals) {
        this.store = store;
        this.kind = kind;
        this.journals = journals;
    }

    /**
     * The next places, the newest first: at most {@code limit}, and fewer only at the end.
     *
     * @param after what they come after; empty for the newest
     */
    public List<JobPlace> places(Optional<JobPlace> after, int limit) {
        List<JobPlace> found = new ArrayList<>();
        String firstDay = after.map(JobPlace::day).orElse("");
        for (String day : store.listFolders(Artifacts.acceptedDays(kind))) {
            if (found.size() < limit && day.compareTo(firstDay) >= 0) {
                String last = day.equals(firstDay) ? after.map(JobPlace::token).orElse("") : "";
                addPlaces(found, Artifacts.accepted(kind, day), last, limit);
            }
        }
        return found;
    }

    private void addPlaces(List<JobPlace> found, Folder day, String after, int limit) {
        String last = after;
        while (found.size() < limit) {
            int asked = limit - found.size();
            List<ObjectSummary> objects = store.list(day, last, asked);
            objects.stream()
                    .flatMap(object -> JobPlace.of(object.name()).stream())
                    .forEach(found::add);
            if (objects.size() < asked) {
                return;
            }
            last = objects.getLast().name();
        }
    }

    /** How a closed job ended, as {@link #job} reads it; empty for one that isn't closed, or of which the index doesn't know. */
    public Optional<byte[]> closed(Name id) {
        try {
            return store.read(closedKey(id), MAX_CLOSED_BYTES).map(ObjectStore.StoredObject::content);
        } catch (ObjectTooLargeException e) {
            return Optional.empty();
        }
    }

    /**
     * A closed job as of its last entry, without that entry's event, and without its request where that is longer than
     * {@link Job#MAX_BRIEF_REQUEST}.
     *
     * @param closed as {@link #closed(Name)} found it
     * @return empty where this release can't read it
     * @throws UnknownEntryException when it can, but not the entry that it names
     */
    public Optional<Job> job(Name id, byte[] closed) {
        Optional<Closed> end = read(id, closed);
        if (end.isPresent() && end.get().entry().isEmpty()) {
            return journals.apply(id).read(end.get().number()).map(newest -> Job.of(id, newest));
        }
        return end.flatMap(known -> known.entry()
                .filter(entry -> entry.schema() == Entry.SCHEMA)
                .map(entry -> new Numbered(Artifacts.journal(kind, id), known.number(), entry, known.appended()))
                .map(newest -> Job.of(id, newest)));
    }

    private Optional<Closed> read(Name id, byte[] closed) {
        try {
            return Optional.of(
                    JournalJson.record(closed, Closed.class, closedKey(id).path()));
        } catch (UnknownEntryException e) {
            return Optional.empty();
        }
    }

    /** Puts an accepted job into its place, unless it is there. */
    void add(JobPlace place) {
        store.createIfAbsent(Artifacts.accepted(kind, place.day()).key(place.token()), new byte[0]);
    }

    /** Keeps how a closed job ended. */
    void addClosed(Job job) {
        Numbered newest = job.newest();
        Closed whole = new Closed(newest.number(), newest.appended(), Optional.of(brief(newest.entry())));
        byte[] content = JournalJson.bytes(whole);
        if (content.length > MAX_KEPT_BYTES) {
            content = JournalJson.bytes(new Closed(newest.number(), newest.appended(), Optional.empty()));
        }
        store.put(closedKey(job.id()), content);
    }

    private static Entry brief(Entry entry) {
        ObjectNode fold = entry.fold().deepCopy();
        if (!Job.isBrief(fold.path("request"))) {
            fold.remove("request");
        }
        return new Entry(
                entry.schema(), entry.kind(), entry.writer(), entry.nonce(), entry.published(), Optional.empty(), fold);
    }

    private ObjectKey closedKey(Name id) {
        return Artifacts.closed(kind).key(id.value());
    }

    /**
     * @param number of the journal's last entry
     * @param appended when, on the store's clock
     * @param entry that entry, without what makes it long; absent where it still is
     */
    private record Closed(long number, Instant appended, Optional<Entry> entry) {}
}
