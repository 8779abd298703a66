package io.catwalk.system;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.ObjectStore.ObjectSummary;

/**
 * What {@code docs/operations.md} makes of a living bucket: a copy of the objects that were last modified before a time, in the
 * order of their keys, without index, markers and heartbeats, and of all blobs after them.
 */
final class BucketCopy {
    private static final List<String> FOLDERS =
            List.of("datasets/", "evaluations/", "ingestions/", "models/", "rollouts/", "runs/", "sweeps/");
    /** The folder after which the stack goes on: what its entries name lies in those that come. */
    private static final String PAUSE = "evaluations/";

    private static final int MAX_BYTES = 64 << 20;

    private final Map<ObjectKey, byte[]> objects = new LinkedHashMap<>();

    private BucketCopy() {}

    /**
     * Copies a folder after the other.
     *
     * @param meanwhile what the stack does while some are copied and others aren't
     */
    static BucketCopy of(ObjectStore store, Instant before, Runnable meanwhile) {
        BucketCopy copy = new BucketCopy();
        for (String folder : FOLDERS) {
            store.list(new Folder(folder)).stream()
                    .filter(object -> object.lastModified().isBefore(before))
                    .map(ObjectSummary::key)
                    .filter(key -> !key.path().contains("/heartbeat/"))
                    .forEach(key -> copy.take(store, key));
            if (folder.equals(PAUSE)) {
                meanwhile.run();
            }
        }
        store.list(new Folder("blobs/")).forEach(object -> copy.take(store, object.key()));
        return copy;
    }

    /** One that is deleted meanwhile is left out, as a copy tool leaves it out. */
    private void take(ObjectStore store, ObjectKey key) {
        store.read(key, MAX_BYTES).ifPresent(object -> objects.put(key, object.content()));
    }

    boolean has(String key) {
        return objects.containsKey(new ObjectKey(key));
    }

    void restoreTo(ObjectStore store) {
        objects.forEach(store::put);
    }
}
