package io.catwalk.objectstore;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.IntConsumer;

/** A bucket in memory, as consistent and atomic as {@link ObjectStore} promises. */
public final class InMemoryObjectStore implements ObjectStore {
    private final NavigableMap<String, StoredObject> objects = new ConcurrentSkipListMap<>();
    private final InstantSource clock;

    public InMemoryObjectStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Optional<StoredObject> read(ObjectKey key, int maxBytes) {
        Optional<StoredObject> object = Optional.ofNullable(objects.get(key.path()));
        if (object.isPresent() && object.get().content().length > maxBytes) {
            throw new ObjectTooLargeException(key + " is larger than " + maxBytes + " bytes");
        }
        return object;
    }

    @Override
    public Optional<InputStream> open(ObjectKey key) {
        return Optional.ofNullable(objects.get(key.path())).map(object -> new ByteArrayInputStream(object.content()));
    }

    @Override
    public boolean exists(ObjectKey key) {
        return objects.containsKey(key.path());
    }

    @Override
    public void put(ObjectKey key, byte[] content) {
        objects.put(key.path(), stored(content));
    }

    @Override
    public void put(ObjectKey key, Path file, IntConsumer advanced) {
        try {
            byte[] content = Files.readAllBytes(file);
            put(key, content);
            advanced.accept(content.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean createIfAbsent(ObjectKey key, byte[] content) {
        return objects.putIfAbsent(key.path(), stored(content)) == null;
    }

    @Override
    public void delete(ObjectKey key) {
        objects.remove(key.path());
    }

    @Override
    public Runnable deletion(ObjectKey key, Duration within) {
        Instant end = clock.instant().plus(within);
        return () -> {
            if (clock.instant().isAfter(end)) {
                throw new StoreRefusedException("the store would not delete " + key + ": it came after " + end);
            }
            delete(key);
        };
    }

    @Override
    public List<ObjectSummary> list(Folder folder) {
        return below(folder).entrySet().stream()
                .map(entry -> new ObjectSummary(
                        new ObjectKey(entry.getKey()),
                        entry.getValue().content().length,
                        entry.getValue().lastModified()))
                .toList();
    }

    @Override
    public List<String> listFolders(Folder folder) {
        return below(folder).keySet().stream()
                .map(path -> path.substring(folder.path().length()))
                .filter(rest -> rest.contains("/"))
                .map(rest -> rest.substring(0, rest.indexOf('/')))
                .distinct()
                .toList();
    }

    @Override
    public Instant time() {
        return clock.instant();
    }

    private StoredObject stored(byte[] content) {
        return new StoredObject(content.clone(), clock.instant());
    }

    private Map<String, StoredObject> below(Folder folder) {
        return objects.subMap(folder.path(), true, folder.path() + Character.MAX_VALUE, false);
    }
}
