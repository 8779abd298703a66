package io.catwalk.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.ObjectStore.StoredObject;
import io.catwalk.objectstore.ObjectTooLargeException;

/**
 * One journal. Reads throw the store's exceptions; only {@link #append} retries until its outcome is decided.
 *
 * <p>Entries are contiguous and never deleted, so that "the newest entry" can be searched for by halving.
 */
public final class Journal {
    static final int MAX_ENTRY_BYTES = 4 << 20;
    private static final int EARLIER_SCHEMA = 1;
    private static final long MAX_ENTRIES = 99_999_999;

    private final ObjectStore store;
    private final Folder folder;
    private final String writer;
    private final Retry retry;

    /** @param writer names this process in its entries; no two processes share one, nor do a process and its next start */
    public Journal(ObjectStore store, Folder folder, String writer, Retry retry) {
        this.store = store;
        this.folder = folder;
        this.writer = writer;
        this.retry = retry;
    }

    public Folder folder() {
        return folder;
    }

    /** @throws UnknownEntryException when it is of another format, or isn't an entry at all */
    public Optional<Numbered> read(long number) {
        try {
            return store.read(key(number), MAX_ENTRY_BYTES).map(object -> numbered(number, object));
        } catch (ObjectTooLargeException e) {
            throw new UnknownEntryException(e.getMessage(), e);
        }
    }

    /** When entry 1 was appended, on the store's clock, whatever it says; empty for a journal without entries. */
    public Optional<Instant> begun() {
        try {
            return read(1).map(Numbered::appended);
        } catch (UnknownEntryException | ObjectTooLargeException e) {
            return store.list(folder, "", 1).stream()
                    .filter(object -> object.key().equals(key(1)))
                    .map(ObjectStore.ObjectSummary::lastModified)
                    .findFirst();
        }
    }

    /** The newest entry, or none for a journal without entries. */
    public Optional<Numbered> newest() {
        return newestFrom(0);
    }

    /** The newest entry, where entry {@code known} is known to stand; 0 knows nothing. */
    public Optional<Numbered> newestFrom(long known) {
        long present = known;
        long step = 1;
        while (exists(present + step)) {
            present += step;
            step *= 2;
        }
        long absent = present + step;
        while (absent - present > 1) {
            long middle = present + (absent - present) / 2;
            if (exists(middle)) {
                present = middle;
            } else {
                absent = middle;
            }
        }
        return present == 0 ? Optional.empty() : read(present);
    }

    /** All entries after {@code number}, in order. */
    public List<Numbered> after(long number) {
        List<Numbered> entries = new ArrayList<>();
        long next = number + 1;
        for (Optional<Numbered> entry = read(next); entry.isPresent(); entry = read(next)) {
            entries.add(entry.get());
            next++;
        }
        return entries;
    }

    /**
     * Creates entry {@code after + 1}. Makes the same append again until the store has decided it: a time-out, a conflict
     * or a 5xx leave open whether the entry stands, and its nonce decides.
     *
     * @throws EntryTooLargeException for one that could not be read back; nothing is appended
     * @throws InterruptedException when interrupted while undecided: the entry may still be created
     */
    public Append append(long after, Draft draft) throws InterruptedException {
        long number = after + 1;
        if (number > MAX_ENTRIES) {
            throw new IllegalStateException(folder + " is full: " + MAX_ENTRIES + " entries");
        }
        String nonce = UUID.randomUUID().toString();
        Entry entry =
                new Entry(Entry.SCHEMA, draft.kind(), writer, nonce, draft.published(), draft.event(), draft.fold());
        byte[] content = JournalJson.bytes(entry);
        if (content.length > MAX_ENTRY_BYTES) {
            throw new EntryTooLargeException(key(number), content.length, MAX_ENTRY_BYTES);
        }
        String seam = "append." + draft.kind().name().toLowerCase(Locale.ROOT);
        Failpoint.reach(seam + ".before");
        Append outcome = retry.untilAnswered(() -> {
            store.createIfAbsent(key(number), content);
            // This answer may be of an earlier attempt: the entry that stands decides.
            Numbered standing = read(number)
                    .orElseThrow(() -> new IllegalStateException(key(number) + " vanished after it was created"));
            return standing.entry().nonce().equals(nonce) ? new Append.Done(standing) : new Append.Overtaken();
        });
        Failpoint.reach(seam + ".after");
        return outcome;
    }

    private boolean exists(long number) {
        return store.exists(key(number));
    }

    private ObjectKey key(long number) {
        return folder.key(String.format(Locale.ROOT, "%08d.json", number));
    }

    private Numbered numbered(long number, StoredObject object) {
        String where = folder.path() + number;
        Entry entry;
        try {
            entry = JournalJson.record(object.content(), Entry.class, where);
        } catch (UnknownEntryException e) {
            // The names of all other fields depend on the schema.
            requireKnown(schema(object, where), where);
            throw e;
        }
        requireKnown(entry.schema(), where);
        return new Numbered(folder, number, entry, object.lastModified());
    }

    private static void requireKnown(int schema, String where) {
        if (schema != Entry.SCHEMA) {
            String format = schema == EARLIER_SCHEMA
                    ? "was written by an earlier, incompatible format: schema "
                    : "has schema ";
            throw new UnknownEntryException(where + ' ' + format + schema + "; this release knows " + Entry.SCHEMA);
        }
    }

    /** What has no schema is refused as an entry. */
    private static int schema(StoredObject object, String where) {
        try {
            return JournalJson.record(object.content(), Format.class, where).schema();
        } catch (UnknownEntryException e) {
            return Entry.SCHEMA;
        }
    }

    private record Format(int schema) {}
}
