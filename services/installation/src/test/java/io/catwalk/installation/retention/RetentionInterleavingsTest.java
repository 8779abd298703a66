package io.catwalk.installation.retention;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

import io.catwalk.installation.retention.Interleavings.Explored;
import io.catwalk.installation.retention.Interleavings.World;
import io.catwalk.journal.Append;
import io.catwalk.journal.Draft;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.Journal;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.Retry;
import io.catwalk.journal.decision.Decider;
import io.catwalk.journal.decision.DecisionJournal;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.BlobDeletion;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.StoreUnavailableException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The services' own journal and blobs beside the whole retention, in every order of their calls: nothing that an entry names is ever
 * missing. That the exploration would find it is shown by processes that leave out one step each.
 */
class RetentionInterleavingsTest {
    private static final byte[] CONTENT = "a model".getBytes(UTF_8);
    private static final Digest BLOB = Digest.of(CONTENT);
    private static final Name JOB = new Name("r1");
    private static final Name DATASET = new Name("d1");
    private static final Retry RETRY = new Retry(Duration.ofNanos(2), Duration.ofNanos(4));
    private static final Duration AGE = Duration.ofDays(7);
    private static final Duration JUMP = Duration.ofDays(10);

    /** How a writer stores content before it names it. */
    private interface Storing {
        void put(ObjectStore store);
    }

    /** How a process deletes a blob that it has seen. */
    private interface Deleting {
        void delete(ObjectStore store, Instant seen);
    }

    @Test
    void aHolderIsSafeBesideTheRetention() throws InterruptedException {
        assertHolderSafe(1);
    }

    @Tag("soak")
    @Test
    void soIsOneThatIsFrozenTwice() throws InterruptedException {
        assertHolderSafe(2);
    }

    private void assertHolderSafe(int jumps) throws InterruptedException {
        Explored explored =
                explore(jumps, world -> List.of(holder("one", RetentionInterleavingsTest::store), retention()));

        assertThat(explored.violation()).isEmpty();
        assertThat(explored.states()).isGreaterThan(250 * jumps);
        assertThat(explored.ended()).isPositive();
    }

    @Test
    void soIsOneWhoseContentAnotherStoresToo() throws InterruptedException {
        Explored explored = explore(
                1,
                world -> List.of(
                        holder("one", RetentionInterleavingsTest::store),
                        RetentionInterleavingsTest::store,
                        deleting(world, deletion())));

        assertThat(explored.violation()).isEmpty();
    }

    @Tag("soak")
    @Test
    void soIsALostHolderThatDecidesOutsideItsJournal() throws InterruptedException {
        assertDeciderSafe(0);
    }

    @Tag("soak")
    @Test
    void soIsALostHolderThatIsFrozenToo() throws InterruptedException {
        assertDeciderSafe(1);
    }

    private void assertDeciderSafe(int jumps) throws InterruptedException {
        Explored explored = explore(jumps, world -> List.of(decider("one"), claimant(), retention()));

        assertThat(explored.violation()).isEmpty();
        assertThat(explored.ended()).isPositive();
    }

    @Test
    void soIsAHolderBesideTwoThatDelete() throws InterruptedException {
        Explored explored = explore(
                0,
                world -> List.of(
                        holder("one", RetentionInterleavingsTest::store),
                        deleting(world, deletion()),
                        deleting(world, deletion())));

        assertThat(explored.violation()).isEmpty();
    }

    @Test
    void aWriterMustLookForMarks() throws InterruptedException {
        assertUnsafe(
                store -> {
                    store.put(Artifacts.blob(BLOB), CONTENT);
                    if (!store.exists(Artifacts.blob(BLOB))) {
                        throw new StoreUnavailableException("gone");
                    }
                },
                deletion());
    }

    @Test
    void aWriterMustLookForTheBlobAfterwards() throws InterruptedException {
        assertUnsafe(
                store -> {
                    store.put(Artifacts.blob(BLOB), CONTENT);
                    if (!store.list(marks()).isEmpty()) {
                        throw new StoreUnavailableException("marked");
                    }
                },
                deletion());
    }

    @Test
    void whoDeletesMustLookAgain() throws InterruptedException {
        assertUnsafe(RetentionInterleavingsTest::store, (store, seen) -> {
            store.put(mark(), new byte[0]);
            store.delete(Artifacts.blob(BLOB));
            store.delete(mark());
        });
    }

    @Test
    void whoDeletesMustMarkFirst() throws InterruptedException {
        assertUnsafe(RetentionInterleavingsTest::store, (store, seen) -> {
            if (modified(store).equals(Optional.of(seen))) {
                store.put(mark(), new byte[0]);
                store.delete(Artifacts.blob(BLOB));
                store.delete(mark());
            }
        });
    }

    @Test
    void whoDeletesMustKeepTheMarkUntilThen() throws InterruptedException {
        assertUnsafe(RetentionInterleavingsTest::store, (store, seen) -> {
            store.put(mark(), new byte[0]);
            if (modified(store).equals(Optional.of(seen))) {
                store.delete(mark());
                store.delete(Artifacts.blob(BLOB));
            }
        });
    }

    @Test
    void whoDeletesMustNotBeLate() throws InterruptedException {
        assertUnsafe(RetentionInterleavingsTest::store, (store, seen) -> {
            store.put(mark(), new byte[0]);
            if (modified(store).equals(Optional.of(seen))) {
                store.delete(Artifacts.blob(BLOB));
            }
        });
    }

    @Test
    void whatAnOpenJobHasStoredMustStay() throws InterruptedException {
        Explored explored = explore(
                2,
                world -> List.of(
                        store -> {
                            Journal journal = journal(store, "unclaimed");
                            store(store);
                            append(journal, 1, EntryKind.RESULT, BLOB.toString());
                        },
                        retention()));

        assertThat(explored.violation()).isPresent();
    }

    private void assertUnsafe(Storing storing, Deleting deleting) throws InterruptedException {
        Explored explored = explore(1, world -> List.of(holder("one", storing), deleting(world, deleting)));

        assertThat(explored.violation()).isPresent();
    }

    /** In a bucket with an accepted run, and a blob of long ago that nothing names. */
    private static Explored explore(int jumps, Function<World, List<Actor.Script>> scripts)
            throws InterruptedException {
        return new Interleavings(
                        world -> {
                            world.store.put(Artifacts.blob(BLOB), CONTENT);
                            append(journal(world.store, "client"), 0, EntryKind.ACCEPTED, "");
                            world.pass(JUMP);
                            return scripts.apply(world);
                        },
                        RetentionInterleavingsTest::missing,
                        JUMP,
                        jumps)
                .explore();
    }

    private static Optional<String> missing(World world) {
        boolean named = List.of(Artifacts.journal(JobKind.RUN, JOB), Artifacts.datasetJournal(DATASET)).stream()
                .flatMap(folder -> world.store.list(folder).stream())
                .map(entry -> world.store.read(entry.key(), 1 << 20).orElseThrow())
                .anyMatch(entry -> new String(entry.content(), UTF_8).contains(BLOB.hex()));
        return named && !world.store.exists(Artifacts.blob(BLOB))
                ? Optional.of("a named blob is missing")
                : Optional.empty();
    }

    /** Claims the run where it isn't ended, stores its content, names it, and closes the run. */
    private static Actor.Script holder(String name, Storing storing) {
        return store -> {
            Journal journal = journal(store, name);
            long newest = open(journal);
            if (newest > 0
                    && append(journal, newest, EntryKind.CLAIMED, "")
                    && put(store, storing)
                    && append(journal, newest + 1, EntryKind.RESULT, BLOB.toString())) {
                append(journal, newest + 2, EntryKind.CLOSED, BLOB.toString());
            }
        };
    }

    /** The same, but names it in another journal, as an ingestion does: there a lost holder is refused only once it is decided. */
    private static Actor.Script decider(String name) {
        return store -> {
            Journal journal = journal(store, name);
            long newest = open(journal);
            if (newest > 0
                    && append(journal, newest, EntryKind.CLAIMED, "")
                    && put(store, RetentionInterleavingsTest::store)) {
                new DecisionJournal(store, Artifacts.datasetJournal(DATASET), name, RETRY)
                        .put("runs/r1", (soFar, number) -> new Decider.Decision(BLOB.toString(), Optional.empty()));
                append(journal, newest + 1, EntryKind.CLOSED, "");
            }
        };
    }

    /** Takes the lease, and is slow. */
    private static Actor.Script claimant() {
        return store -> {
            Journal journal = journal(store, "other");
            append(journal, open(journal), EntryKind.CLAIMED, "");
        };
    }

    private static Actor.Script retention() {
        RetentionSettings settings = new RetentionSettings(true, AGE, Optional.empty(), Optional.empty(), AGE, 1);
        return store -> new Retention(store, settings).run();
    }

    private static Deleting deletion() {
        return (store, seen) ->
                new BlobDeletion(store, () -> new Name(UUID.randomUUID().toString())).delete(BLOB, seen);
    }

    /** What the retention does once nothing was found to name the blob, when it was last stored long ago. */
    private static Actor.Script deleting(World world, Deleting deleting) {
        Instant seen = modified(world.store).orElseThrow();
        return store -> deleting.delete(store, seen);
    }

    private static void store(ObjectStore store) {
        new Blobs(store).put(CONTENT);
    }

    /** Gives up in the end, so that the exploration ends. */
    private static boolean put(ObjectStore store, Storing storing) {
        for (int attempt = 0; attempt < 2; attempt++) {
            try {
                storing.put(store);
                return true;
            } catch (StoreUnavailableException e) {
                continue;
            }
        }
        return false;
    }

    /** The number of the newest entry; 0 for a run that has ended. */
    private static long open(Journal journal) {
        return journal.newest()
                .filter(entry -> entry.entry().kind() != EntryKind.RESULT
                        && entry.entry().kind() != EntryKind.CLOSED)
                .map(entry -> entry.number())
                .orElse(0L);
    }

    private static Journal journal(ObjectStore store, String writer) {
        return new Journal(store, Artifacts.journal(JobKind.RUN, JOB), writer, RETRY);
    }

    private static boolean append(Journal journal, long after, EntryKind kind, String names) {
        Draft draft = new Draft(kind, 0, Optional.empty(), JournalJson.tree(Map.of("names", names)));
        try {
            return journal.append(after, draft) instanceof Append.Done;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Instant> modified(ObjectStore store) {
        return store.list(Artifacts.blobs()).stream()
                .map(ObjectStore.ObjectSummary::lastModified)
                .findFirst();
    }

    private static Folder marks() {
        return new Folder("deletions/" + BLOB.hex() + "/");
    }

    private static ObjectKey mark() {
        return marks().key("of-one");
    }
}
