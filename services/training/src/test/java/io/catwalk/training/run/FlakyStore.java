package io.catwalk.training.run;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;

/** A store that gives no answer to writes of some keys, or refuses them, for as long as a test wants. */
final class FlakyStore implements ObjectStore {
    private final ObjectStore store;
    private volatile Predicate<String> away = path -> false;
    private volatile Predicate<String> refused = path -> false;
    private volatile Predicate<String> defective = path -> false;

    FlakyStore(ObjectStore store) {
        this.store = store;
    }

    /** Writes of such paths get no answer from now on. */
    void away(Predicate<String> paths) {
        away = paths;
    }

    /** Writes of such paths are refused from now on. */
    void refuse(Predicate<String> paths) {
        refused = paths;
    }

    /** Reads of such paths throw what only a bug would, from now on. */
    void fail(Predicate<String> paths) {
        defective = paths;
    }

    @Override
    public Optional<StoredObject> read(ObjectKey key, int maxBytes) {
        requireNoDefect(key);
        return store.read(key, maxBytes);
    }

    @Override
    public Optional<InputStream> open(ObjectKey key) {
        requireNoDefect(key);
        return store.open(key);
    }

    @Override
    public boolean exists(ObjectKey key) {
        return store.exists(key);
    }

    @Override
    public void put(ObjectKey key, byte[] content) {
        requireHere(key);
        store.put(key, content);
    }

    @Override
    public void put(ObjectKey key, Path file, IntConsumer advanced) {
        requireHere(key);
        store.put(key, file, advanced);
    }

    @Override
    public boolean createIfAbsent(ObjectKey key, byte[] content) {
        requireHere(key);
        return store.createIfAbsent(key, content);
    }

    @Override
    public void delete(ObjectKey key) {
        requireHere(key);
        store.delete(key);
    }

    @Override
    public Runnable deletion(ObjectKey key, Duration within) {
        requireHere(key);
        return store.deletion(key, within);
    }

    @Override
    public List<ObjectSummary> list(Folder folder) {
        return store.list(folder);
    }

    @Override
    public List<String> listFolders(Folder folder) {
        return store.listFolders(folder);
    }

    @Override
    public Instant time() {
        return store.time();
    }

    private void requireNoDefect(ObjectKey key) {
        if (defective.test(key.path())) {
            throw new IllegalArgumentException("a bug met " + key);
        }
    }

    private void requireHere(ObjectKey key) {
        if (away.test(key.path())) {
            throw new StoreUnavailableException("no answer for " + key);
        }
        if (refused.test(key.path())) {
            throw new StoreRefusedException("no permission for " + key);
        }
    }
}
