package io.catwalk.objectstore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.catwalk.objectstore.BlobDeletion.Outcome;
import io.catwalk.objectstore.ObjectStore.ObjectSummary;
import org.junit.jupiter.api.Test;

class BlobDeletionTest {
    private static final byte[] CONTENT = "hello".getBytes(UTF_8);
    private static final Digest BLOB = Digest.of(CONTENT);

    private final AtomicInteger attempts = new AtomicInteger();
    private Instant now = Instant.parse("2026-11-29T08:00:00Z");
    private final ObjectStore store = new InMemoryObjectStore(() -> now);
    private final Blobs blobs = new Blobs(store);
    private final BlobDeletion deletion =
            new BlobDeletion(store, () -> new Name("attempt-" + attempts.incrementAndGet()));

    @Test
    void deletesWhatWasNotStoredAgain() {
        blobs.put(CONTENT);
        Instant seen = seen();
        now = now.plus(Duration.ofDays(8));

        assertThat(deletion.delete(BLOB, seen)).isEqualTo(Outcome.DELETED);

        assertThat(blobs.exists(BLOB)).isFalse();
        assertThat(marks()).isEmpty();
        assertThat(deletion.delete(BLOB, seen)).isEqualTo(Outcome.GONE);
    }

    @Test
    void leavesWhatWasStoredAgain() {
        blobs.put(CONTENT);
        Instant seen = seen();
        now = now.plus(Duration.ofDays(8));
        blobs.put(CONTENT);

        assertThat(deletion.delete(BLOB, seen)).isEqualTo(Outcome.STORED_AGAIN);

        assertThat(blobs.exists(BLOB)).isTrue();
        assertThat(marks()).isEmpty();
    }

    @Test
    void theStoreRefusesWhatComesTooLate() {
        blobs.put(CONTENT);
        BlobDeletion slow = new BlobDeletion(store, () -> {
            now = now.plus(BlobDeletion.HOLDS_WRITERS);
            return new Name("slow");
        });

        assertThatThrownBy(() -> slow.delete(BLOB, seen())).isInstanceOf(StoreRefusedException.class);

        assertThat(blobs.exists(BLOB)).isTrue();
        assertThat(marks()).hasSize(1);
    }

    @Test
    void aMarkHoldsItsBlobsWritersUntilItIsOld() {
        ObjectKey mark = Artifacts.deletions(BLOB).key("of-one-that-died");
        store.put(mark, new byte[0]);

        assertThatThrownBy(() -> blobs.put(CONTENT))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("blob " + BLOB + " is being deleted, and must be stored again afterwards");
        blobs.put("another".getBytes(UTF_8));
        deletion.clearMarks();
        assertThat(marks()).hasSize(1);

        now = now.plus(BlobDeletion.HOLDS_WRITERS);
        assertThat(blobs.put(CONTENT)).isEqualTo(BLOB);
        deletion.clearMarks();
        assertThat(marks()).isEmpty();
    }

    private Instant seen() {
        return store.list(Artifacts.blobs()).getFirst().lastModified();
    }

    private List<ObjectSummary> marks() {
        return store.list(Artifacts.deletions());
    }
}
