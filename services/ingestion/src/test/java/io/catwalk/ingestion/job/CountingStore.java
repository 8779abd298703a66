package io.catwalk.ingestion.job;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.StoreUnavailableException;

/** A bucket that counts what is put below {@code blobs/}, and may fail to. */
final class CountingStore implements ObjectStore {
    private final ObjectStore store = new InMemoryObjectStore(InstantSource.system());
    private final AtomicInteger blobs = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();

    /** How many blobs were put since the last call. */
    int blobsPut() {
        return blobs.getAndSet(0);
    }

    /** The next puts of blobs fail. */
    void failPuts(int next) {
        failures.set(next);
    }

    @Override
    public Optional<StoredObject> read(ObjectKey key, int maxBytes) {
        return store.read(key, maxBytes);
    }

    @Override
    public Optional<InputStream> open(ObjectKey key) {
        return store.open(key);
    }

    @Override
    public boolean exists(ObjectKey key) {
        return store.exists(key);
    }

    @Override
    public void put(ObjectKey key, byte[] content) {
        count(key);
        store.put(key, content);
    }

    @Override
    public void put(ObjectKey key, Path file) {
        count(key);
        store.put(key, file);
    }

    @Override
    public boolean createIfAbsent(ObjectKey key, byte[] content) {
        return store.createIfAbsent(key, content);
    }

    @Override
    public void delete(ObjectKey key) {
        store.delete(key);
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

    private void count(ObjectKey key) {
        if (key.path().startsWith("blobs/")) {
            if (failures.getAndUpdate(left -> Math.max(left - 1, 0)) > 0) {
                throw new StoreUnavailableException("the store is away");
            }
            blobs.incrementAndGet();
        }
    }
}
