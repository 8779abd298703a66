package io.catwalk.training.checkpoint;

import io.catwalk.network.checkpoint.UnusableCheckpointException;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.ObjectTooLargeException;
import io.catwalk.objectstore.Rereading;

/** One run's checkpoints in the bucket, each under its digest. Every method may throw the store's exceptions. */
public final class CheckpointFolder {
    private final ObjectStore store;
    private final Folder folder;

    public CheckpointFolder(ObjectStore store, Name runId) {
        this.store = store;
        this.folder = Artifacts.checkpoints(runId);
    }

    /** Another run's. */
    public CheckpointFolder of(Name otherRun) {
        return new CheckpointFolder(store, otherRun);
    }

    public void put(Digest digest, byte[] checkpoint) {
        store.put(key(digest), checkpoint);
    }

    /** @throws UnusableCheckpointException when it is missing, isn't what its digest says however often it is read, or can't be decoded */
    public RunCheckpoint read(StoredCheckpoint checkpoint) {
        Digest digest = Digest.parse(checkpoint.digest());
        return RunCheckpoint.decode(Rereading.untilIntact(
                UnusableCheckpointException.class, () -> verifiedBytes(digest, checkpoint.bytes())));
    }

    public void delete(StoredCheckpoint checkpoint) {
        store.delete(key(Digest.parse(checkpoint.digest())));
    }

    private byte[] verifiedBytes(Digest digest, int length) {
        byte[] bytes = bytes(digest, length);
        if (!Digest.of(bytes).equals(digest)) {
            throw new UnusableCheckpointException("checkpoint " + digest + " holds other content");
        }
        return bytes;
    }

    private byte[] bytes(Digest digest, int length) {
        try {
            return store.read(key(digest), length)
                    .orElseThrow(() -> new UnusableCheckpointException("checkpoint " + digest + " is missing"))
                    .content();
        } catch (ObjectTooLargeException e) {
            throw new UnusableCheckpointException("checkpoint " + digest + " holds other content: " + e.getMessage());
        }
    }

    private ObjectKey key(Digest digest) {
        return folder.key(digest.hex());
    }
}
