package io.catwalk.ingestion.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.ObjectStore.ObjectSummary;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * The objects below a folder as one tar, made while it is read: in the byte order of their paths, without times, so that the same objects are
 * the same bytes.
 */
final class PackedObjects extends InputStream {
    private static final int CHUNK = 1 << 16;
    private static final int PAGE = 1000;

    private final ObjectStore store;
    private final Folder folder;
    private final Deque<ObjectSummary> page = new ArrayDeque<>();
    private String last = "";
    private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
    private final TarArchiveOutputStream tar = new TarArchiveOutputStream(packed, StandardCharsets.UTF_8.name());
    private Optional<Packing> packing = Optional.empty();
    private boolean isFinished;
    private byte[] ready = {};
    private int at;

    PackedObjects(ObjectStore store, Folder folder) {
        this.store = store;
        this.folder = folder;
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** @throws SourceRefusedException when an object was deleted or has another length than it was listed with */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (at == ready.length) {
            if (isFinished) {
                return -1;
            }
            pack();
            ready = packed.toByteArray();
            packed.reset();
            at = 0;
        }
        int read = Math.min(length, ready.length - at);
        System.arraycopy(ready, at, target, offset, read);
        at += read;
        return read;
    }

    private void pack() throws IOException {
        if (packing.isEmpty()) {
            Optional<ObjectSummary> next = next();
            if (next.isPresent()) {
                packing = Optional.of(begin(next.get()));
            } else {
                tar.finish();
                isFinished = true;
            }
        } else if (!packing.get().packSome(tar)) {
            packing.get().content().close();
            packing = Optional.empty();
            tar.closeArchiveEntry();
        }
    }

    private Optional<ObjectSummary> next() {
        if (page.isEmpty()) {
            page.addAll(store.list(folder, last, PAGE));
        }
        Optional<ObjectSummary> next = Optional.ofNullable(page.poll());
        next.ifPresent(object -> last = below(object));
        return next;
    }

    private String below(ObjectSummary object) {
        return object.key().path().substring(folder.path().length());
    }

    private Packing begin(ObjectSummary object) throws IOException {
        String path = object.key().path();
        InputStream content =
                store.open(object.key()).orElseThrow(() -> new SourceRefusedException(path + " was deleted meanwhile"));
        TarArchiveEntry entry = new TarArchiveEntry(below(object), true);
        entry.setSize(object.size());
        entry.setModTime(0);
        entry.setUserName("");
        entry.setGroupName("");
        tar.putArchiveEntry(entry);
        return new Packing(object, content);
    }

    @Override
    public void close() throws IOException {
        if (packing.isPresent()) {
            packing.get().content().close();
        }
    }

    /** An object on its way into the tar. */
    private static final class Packing {
        private final ObjectSummary object;
        private final InputStream content;
        private long left;

        Packing(ObjectSummary object, InputStream content) {
            this.object = object;
            this.content = content;
            this.left = object.size();
        }

        InputStream content() {
            return content;
        }

        /** Whether there was more of it. */
        boolean packSome(TarArchiveOutputStream tar) throws IOException {
            byte[] some = content.readNBytes(CHUNK);
            left -= some.length;
            if (left < 0 || some.length == 0 && left > 0) {
                throw new SourceRefusedException(object.key().path() + " changed while it was read");
            }
            tar.write(some);
            return some.length > 0;
        }
    }
}
