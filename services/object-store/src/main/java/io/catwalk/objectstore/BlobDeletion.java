package io.catwalk.objectstore;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import io.catwalk.objectstore.ObjectStore.ObjectSummary;

/**
 * Deletes blobs that nothing names, beside writers that may be storing them again. No store deletes on a condition, so both sides
 * leave word: the one that deletes marks the blob, looks whether it was stored again, deletes it, and takes its mark away; a writer
 * stores it, looks for marks, looks for the blob, and only then names it. A writer that saw no mark had stored the blob before the
 * mark, so that this was seen, or finds it gone.
 *
 * <p>A mark whose process died holds writers for {@link #HOLDS_WRITERS}. By then the store refuses that process's deletion, which it
 * signed for {@link #DELETES_WITHIN} before it set the mark. Both are on the store's clock.
 */
public final class BlobDeletion {
    static final Duration DELETES_WITHIN = Duration.ofMinutes(1);
    static final Duration HOLDS_WRITERS = Duration.ofHours(1);

    /** Digests have 16 last digits. */
    private static final int NEIGHBOURS = 16;

    private final ObjectStore store;
    private final Supplier<Name> attempts;

    /** @param attempts a fresh name for each, so that nobody takes away another's mark */
    public BlobDeletion(ObjectStore store, Supplier<Name> attempts) {
        this.store = store;
        this.attempts = attempts;
    }

    /** What became of a blob. */
    public enum Outcome {
        DELETED,
        /** It was stored again since it was seen, and stays. */
        STORED_AGAIN,
        /** It was gone already. */
        GONE
    }

    /**
     * Deletes a blob. Where the store gives no usable answer, or refuses as it took too long, the mark stays.
     *
     * @param seen when it was last modified, as a listing said before it was found that nothing names it
     */
    public Outcome delete(Digest blob, Instant seen) {
        Runnable deletion = store.deletion(Artifacts.blob(blob), DELETES_WITHIN);
        ObjectKey mark = Artifacts.deletions(blob).key(attempts.get().value());
        store.put(mark, new byte[0]);
        Optional<Instant> modified = lastModified(blob);
        Outcome outcome = modified.map(time -> time.equals(seen) ? Outcome.DELETED : Outcome.STORED_AGAIN)
                .orElse(Outcome.GONE);
        if (outcome == Outcome.DELETED) {
            deletion.run();
        }
        store.delete(mark);
        return outcome;
    }

    /** By a listing, whose times are as exact as those of the listing before. */
    private Optional<Instant> lastModified(Digest blob) {
        String before = blob.hex().substring(0, blob.hex().length() - 1);
        return store.list(Artifacts.blobs(), before, NEIGHBOURS).stream()
                .filter(object -> object.name().equals(blob.hex()))
                .map(ObjectSummary::lastModified)
                .findFirst();
    }

    /** Takes away marks that hold nobody any more. */
    public void clearMarks() {
        for (ObjectSummary mark : store.list(Artifacts.deletions())) {
            if (!holds(store, mark)) {
                store.delete(mark.key());
            }
        }
    }

    /** @throws StoreUnavailableException where a blob that has just been stored is being deleted, or was */
    static void requireSpared(ObjectStore store, Digest blob) {
        List<ObjectSummary> marks = store.list(Artifacts.deletions(blob));
        if (marks.stream().anyMatch(mark -> holds(store, mark))) {
            throw new StoreUnavailableException(
                    "blob " + blob + " is being deleted, and must be stored again afterwards");
        }
        if (!store.exists(Artifacts.blob(blob))) {
            throw new StoreUnavailableException("blob " + blob + " was deleted meanwhile, and must be stored again");
        }
    }

    private static boolean holds(ObjectStore store, ObjectSummary mark) {
        return mark.lastModified().plus(HOLDS_WRITERS).isAfter(store.time());
    }
}
