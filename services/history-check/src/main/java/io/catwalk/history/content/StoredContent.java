package io.catwalk.history.content;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.catwalk.history.CannotCheckException;
import io.catwalk.history.Progress;
import io.catwalk.history.content.NamedContent.Named;
import io.catwalk.history.snapshot.BlobSnapshot;
import io.catwalk.journal.Retry;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.ObjectStore.ObjectSummary;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;

/** Looks for content in the bucket, and hashes it. */
public final class StoredContent {
    private static final int PAGE = 1000;
    private static final int BUFFER = 1 << 16;

    private final ObjectStore store;
    private final Retry retry;

    public StoredContent(ObjectStore store, Retry retry) {
        this.store = store;
        this.retry = retry;
    }

    /** The sizes of the blobs whose digests begin with a byte, by their digests' hex. */
    public Map<String, Long> sizes(int firstByte) throws InterruptedException {
        Map<String, Long> sizes = new HashMap<>();
        String prefix = "%02x".formatted(firstByte);
        String after = firstByte == 0 ? "" : "%02x".formatted(firstByte - 1) + "g";
        while (true) {
            String last = after;
            List<ObjectSummary> page = ask(() -> store.list(Artifacts.blobs(), last, PAGE));
            for (ObjectSummary blob : page) {
                if (!blob.name().startsWith(prefix)) {
                    return sizes;
                }
                sizes.put(blob.name(), blob.size());
            }
            if (page.size() < PAGE) {
                return sizes;
            }
            after = page.getLast().name();
        }
    }

    /** Looks at content whose existence is known, and hashes it if asked to. */
    public BlobSnapshot look(Named named, boolean exists, boolean hash, Progress progress) throws InterruptedException {
        String key = named.key().isEmpty() ? Artifacts.blob(named.digest()).path() : named.key();
        Optional<Digest> actual =
                exists && hash ? hash(new ObjectKey(key), named.digest(), progress) : Optional.empty();
        return new BlobSnapshot(key, named.digest(), named.by(), exists, actual);
    }

    /** Reads it again where it seems damaged: that may have happened on its way. */
    private Optional<Digest> hash(ObjectKey key, Digest expected, Progress progress) throws InterruptedException {
        Optional<Digest> actual = ask(() -> read(key, progress));
        return actual.filter(digest -> !digest.equals(expected)).isPresent() ? ask(() -> read(key, progress)) : actual;
    }

    private Optional<Digest> read(ObjectKey key, Progress progress) {
        Optional<InputStream> content = store.open(key);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        MessageDigest digest = Digest.newMessageDigest();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = content.get()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
                progress.advance(read);
            }
        } catch (IOException e) {
            throw new StoreUnavailableException("reading " + key + " broke off", e);
        }
        return Optional.of(Digest.finish(digest));
    }

    private <T> T ask(Supplier<T> question) throws InterruptedException {
        try {
            return retry.untilAnswered(question);
        } catch (StoreUnavailableException | StoreRefusedException e) {
            throw new CannotCheckException(String.valueOf(e.getMessage()), e);
        }
    }
}
