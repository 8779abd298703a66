package io.catwalk.objectstore;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.function.IntConsumer;

/** Content-addressed storage on the bucket: what is read is what was stored, or it is refused. */
public final class Blobs {
    private final ObjectStore store;

    public Blobs(ObjectStore store) {
        this.store = store;
    }

    /**
     * Stores content under its digest; always put, even where the key exists, so that a damaged copy is mended and
     * {@link BlobDeletion} sees that it is wanted. Whoever names it names it while its job is open.
     *
     * @throws StoreUnavailableException also while the blob is being deleted: it may be put again
     */
    public Digest put(byte[] content) {
        Digest digest = Digest.of(content);
        store.put(Artifacts.blob(digest), content);
        BlobDeletion.requireSpared(store, digest);
        return digest;
    }

    /** Stores a file's content under its digest, as {@link #put(byte[])}. */
    public Digest put(Path file) {
        return put(file, bytes -> {});
    }

    /** @param advanced told how many bytes more went, as they go */
    public Digest put(Path file, IntConsumer advanced) {
        Digest digest = Digest.of(file);
        store.put(Artifacts.blob(digest), file, advanced);
        BlobDeletion.requireSpared(store, digest);
        return digest;
    }

    public boolean exists(Digest digest) {
        return store.exists(Artifacts.blob(digest));
    }

    /** Whether a blob is there and is what its digest says; reads all of it, again where it seems damaged. */
    public boolean isIntact(Digest digest) {
        return isIntact(digest, bytes -> {});
    }

    /** @param advanced told how many bytes more were read, as they come */
    public boolean isIntact(Digest digest, IntConsumer advanced) {
        if (!exists(digest)) {
            return false;
        }
        try {
            return Rereading.untilIntact(CorruptBlobException.class, () -> {
                verify(digest, copy(digest, OutputStream.nullOutputStream(), advanced));
                return true;
            });
        } catch (CorruptBlobException e) {
            return false;
        }
    }

    /**
     * A whole small blob.
     *
     * @throws CorruptBlobException when it is missing or isn't what its digest says, however often it is read
     * @throws ObjectTooLargeException when it is larger than {@code maxBytes}
     */
    public byte[] read(Digest digest, int maxBytes) {
        return Rereading.untilIntact(CorruptBlobException.class, () -> {
            byte[] content = store.read(Artifacts.blob(digest), maxBytes)
                    .orElseThrow(() -> missing(digest))
                    .content();
            verify(digest, Digest.of(content));
            return content;
        });
    }

    /**
     * Some of a blob's bytes, as one of many images: without the others they can't be checked against its digest.
     *
     * @throws CorruptBlobException when it is missing or ends before
     */
    public byte[] readPart(Digest digest, long offset, int length) {
        byte[] part = store.readPart(Artifacts.blob(digest), offset, length).orElseThrow(() -> missing(digest));
        if (part.length < length) {
            throw new CorruptBlobException("blob " + digest + " has " + part.length + " bytes from byte " + offset
                    + " on, must have " + length);
        }
        return part;
    }

    /**
     * Copies a blob into a file, which is there only if the whole content was right.
     *
     * @throws CorruptBlobException when it is missing or isn't what its digest says, however often it is read
     * @throws StoreUnavailableException when it couldn't be read to its end
     */
    public void download(Digest digest, Path target) {
        try {
            Path parent = Files.createDirectories(target.toAbsolutePath().getParent());
            Path partial = Files.createTempFile(parent, ".download", null);
            try {
                Rereading.untilIntact(CorruptBlobException.class, () -> {
                    verify(digest, copy(digest, partial));
                    return partial;
                });
                Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + target, e);
        }
    }

    private Digest copy(Digest digest, Path target) {
        try (OutputStream out = Files.newOutputStream(target)) {
            return copy(digest, out, bytes -> {});
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + target, e);
        }
    }

    private Digest copy(Digest digest, OutputStream target, IntConsumer advanced) {
        MessageDigest actual = Digest.newMessageDigest();
        try (InputStream in = store.open(Artifacts.blob(digest)).orElseThrow(() -> missing(digest))) {
            OutputStream out = new DigestOutputStream(target, actual);
            byte[] buffer = new byte[1 << 16];
            for (int read = readSome(in, buffer, digest); read >= 0; read = readSome(in, buffer, digest)) {
                out.write(buffer, 0, read);
                advanced.accept(read);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't write the copy of blob " + digest, e);
        }
        return Digest.finish(actual);
    }

    private static int readSome(InputStream in, byte[] buffer, Digest digest) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw new StoreUnavailableException("reading blob " + digest + " broke off", e);
        }
    }

    private static CorruptBlobException missing(Digest digest) {
        return new CorruptBlobException("blob " + digest + " is missing");
    }

    private static void verify(Digest expected, Digest actual) {
        if (!expected.equals(actual)) {
            throw new CorruptBlobException("blob " + expected + " holds other content: " + actual);
        }
    }
}
