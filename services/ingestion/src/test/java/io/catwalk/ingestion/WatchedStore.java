package io.catwalk.ingestion;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.StoreUnavailableException;

/** A bucket in memory that counts what is put below {@code blobs/}, may fail to put it, and may be away altogether. */
public final class WatchedStore implements ObjectStore {
    private final ObjectStore store = new InMemoryObjectStore(InstantSource.system());
    private final AtomicInteger blobs = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean away;

    /** How many blobs were put since the last call. */
    public int blobsPut() {
        return blobs.getAndSet(0);
    }

    /** The next puts of blobs fail. */
    public void failPuts(int next) {
        failures.set(next);
    }

    public void goAway(boolean isAway) {
        away = isAway;
    }

    @Override
    public Optional<StoredObject> read(ObjectKey key, int maxBytes) {
        return reached().read(key, maxBytes);
    }

    @Override
    public Optional<InputStream> open(ObjectKey key) {
        return reached().open(key);
    }

    @Override
    public boolean exists(ObjectKey key) {
        return reached().exists(key);
    }

    @Override
    public void put(ObjectKey key, byte[] content) {
        count(key);
        reached().put(key, content);
    }

    @Override
    public void put(ObjectKey key, Path file, IntConsumer advanced) {
        count(key);
        reached().put(key, file, advanced);
    }

    @Override
    public boolean createIfAbsent(ObjectKey key, byte[] content) {
        return reached().createIfAbsent(key, content);
    }

    @Override
    public void delete(ObjectKey key) {
        reached().delete(key);
    }

    @Override
    public Runnable deletion(ObjectKey key, Duration within) {
        return reached().deletion(key, within);
    }

    @Override
    public List<ObjectSummary> list(Folder folder) {
        return reached().list(folder);
    }

    @Override
    public List<String> listFolders(Folder folder) {
        return reached().listFolders(folder);
    }

    @Override
    public Instant time() {
        return reached().time();
    }

    private ObjectStore reached() {
        if (away) {
            throw new StoreUnavailableException("the store is away");
        }
        return store;
    }

    private void count(ObjectKey key) {
        if (key.path().startsWith("blobs/")) {
            if (failures.getAndUpdate(left -> Math.max(left - 1, 0)) > 0) {
                throw new StoreUnavailableException("the store is away");
            }
            blobs.incrementAndGet();
        }
    }
}
