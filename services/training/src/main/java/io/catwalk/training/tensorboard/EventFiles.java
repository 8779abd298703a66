package io.catwalk.training.tensorboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.ObjectStore.ObjectSummary;
import io.catwalk.objectstore.StoreUnavailableException;

/**
 * One run's event files in the bucket: one for each epoch, and before them, as epoch 0, one with what is shown once. Whichever
 * is created first stays. Every method may throw the store's exceptions.
 *
 * <p>They are named {@code events.out.tfevents.0000000007.catwalk}: TensorBoard reads what has {@code tfevents} in its name, in
 * the order of the names. Where its own writers put the seconds of their clock there stands the epoch, as the clocks of two
 * trainers may disagree.
 */
public final class EventFiles {
    private static final Pattern NAME = Pattern.compile("events\\.out\\.tfevents\\.\\d{10}\\.catwalk");

    private final ObjectStore store;
    private final Folder folder;

    public EventFiles(ObjectStore store, Name runId) {
        this.store = store;
        this.folder = Artifacts.tensorBoard(runId);
    }

    /** @param epoch from 1; 0 for what is shown once */
    public boolean has(int epoch) {
        return store.exists(key(epoch));
    }

    /** Keeps a file, unless there is one. */
    public void create(int epoch, byte[] content) {
        store.createIfAbsent(key(epoch), content);
    }

    /**
     * All that there are, in order; those that come later come behind them, so that a longer copy begins as a shorter one. What bears
     * another name is passed over: a store on a file system that was killed leaves part of an object so.
     */
    public List<ObjectSummary> all() {
        return store.list(folder).stream()
                .filter(file -> NAME.matcher(file.name()).matches())
                .toList();
    }

    /**
     * Writes files one after the other, which is an event file again.
     *
     * @throws IOException when the output fails
     */
    public void copy(List<ObjectSummary> files, OutputStream out) throws IOException {
        for (ObjectSummary file : files) {
            try (InputStream in =
                    store.open(file.key()).orElseThrow(() -> new StoreUnavailableException(file.key() + " is gone"))) {
                in.transferTo(out);
            }
        }
    }

    private ObjectKey key(int epoch) {
        return folder.key(String.format(Locale.ROOT, "events.out.tfevents.%010d.catwalk", epoch));
    }
}
