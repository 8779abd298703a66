package io.catwalk.objectstore;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * A bucket of an S3 store, as far as Catwalk needs one: strongly consistent, with an atomic create-if-absent.
 *
 * <p>Every method throws {@link StoreUnavailableException} when the store gave no usable answer (time-out, 409, 5xx, reset):
 * the call may have had its effect or not, and may be made again; a call that changes nothing was already made twice if its
 * first answer broke off. Every method throws {@link StoreRefusedException} when the store answered and would answer so again
 * (credentials, missing bucket, a clock too far off).
 */
public interface ObjectStore {
    /**
     * A whole small object.
     *
     * @throws ObjectTooLargeException when it is larger than {@code maxBytes}
     */
    Optional<StoredObject> read(ObjectKey key, int maxBytes);

    /** An object's bytes as they come, to be closed by the caller; its length is unknown until the end. */
    Optional<InputStream> open(ObjectKey key);

    /**
     * Some of an object's bytes; fewer where it ends before.
     *
     * @param offset of the first, below the object's length
     */
    default Optional<byte[]> readPart(ObjectKey key, long offset, int length) {
        Optional<InputStream> content = open(key);
        if (content.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = content.get()) {
            in.skipNBytes(offset);
            return Optional.of(in.readNBytes(length));
        } catch (IOException e) {
            throw new StoreUnavailableException("reading " + key + " broke off", e);
        }
    }

    boolean exists(ObjectKey key);

    /** Creates or replaces an object; a reader sees the whole old or the whole new one. */
    void put(ObjectKey key, byte[] content);

    /**
     * Creates or replaces an object from a file of any size; a reader sees the whole old or the whole new one.
     *
     * @param advanced told how many bytes more went, as they go; again from the first one where they are sent again
     */
    void put(ObjectKey key, Path file, IntConsumer advanced);

    /** As {@link #put(ObjectKey, Path, IntConsumer)}, for whoever needn't know how far it is. */
    default void put(ObjectKey key, Path file) {
        put(key, file, bytes -> {});
    }

    /**
     * Creates an object if there is none, atomically: of all concurrent callers one gets {@code true}.
     * Source: RFC 9110, 13.1.2, {@code If-None-Match: *}.
     *
     * @return whether this call created it
     */
    boolean createIfAbsent(ObjectKey key, byte[] content);

    /** Deletes an object; one that isn't there is deleted already. */
    void delete(ObjectKey key);

    /**
     * Prepares to delete an object. Once the time is over since then, which the store itself counts, it refuses: so a process that
     * was frozen in between deletes nothing. The clock here, by which it is signed, may be wrong by the 15 minutes that stores allow.
     */
    Runnable deletion(ObjectKey key, Duration within);

    /** All objects below a folder, in the byte order of their paths, without directory markers. */
    List<ObjectSummary> list(Folder folder);

    /**
     * The next objects below a folder, in the byte order of their paths, without directory markers. Stores whose listings
     * begin anywhere are asked for these alone.
     *
     * @param after what their paths below the folder come after; empty for the first ones
     * @param limit how many at most
     */
    default List<ObjectSummary> list(Folder folder, String after, int limit) {
        String last = folder.path() + after;
        return list(folder).stream()
                .filter(object -> object.key().path().compareTo(last) > 0)
                .limit(limit)
                .toList();
    }

    /** The folder's direct sub-folders' names, in byte order. */
    List<String> listFolders(Folder folder);

    /** The time on the store's own clock, as most of its latest answers say; makes calls while there were too few. */
    Instant time();

    /**
     * An object read whole.
     *
     * @param lastModified on the store's clock
     */
    record StoredObject(byte[] content, Instant lastModified) {}

    /** What a listing says of an object. */
    record ObjectSummary(ObjectKey key, long size, Instant lastModified) {
        /** The last segment of the path. */
        public String name() {
            return key.path().substring(key.path().lastIndexOf('/') + 1);
        }
    }
}
