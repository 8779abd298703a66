package io.catwalk.ingestion.upload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Semaphore;

import io.catwalk.ingestion.source.BoundedCopy;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import org.apache.commons.io.input.ProxyInputStream;

/** Receives archives: each is first a file of the work folder, and an object of the bucket once it is whole. */
public final class Uploads {
    private static final String FILES = ".upload-";

    private final ObjectStore store;
    private final Path workFolder;
    private final long maxBytes;
    private final Semaphore places;

    /**
     * @param maxBytes of one
     * @param atOnce how many may be received at the same time
     */
    public Uploads(ObjectStore store, Path workFolder, long maxBytes, int atOnce) {
        this.store = store;
        this.workFolder = workFolder;
        this.maxBytes = maxBytes;
        this.places = new Semaphore(atOnce);
    }

    /**
     * Receives one that says its length beforehand, or doesn't.
     *
     * @param stated its length; negative where it isn't known
     * @throws UploadTooLargeException for more bytes than an archive may have; nothing is kept of them
     * @throws NoPlaceException while too many others are being received
     * @throws BrokenUploadException when it breaks off; nothing is kept of it
     * @throws IOException when the work folder can't take it; nothing is kept of it
     */
    public Upload receive(InputStream body, long stated) throws UploadTooLargeException, NoPlaceException, IOException {
        if (stated > maxBytes) {
            throw new UploadTooLargeException(maxBytes);
        }
        if (!places.tryAcquire()) {
            throw new NoPlaceException();
        }
        try {
            Path file = Files.createTempFile(Files.createDirectories(workFolder), FILES, null);
            try {
                return store(file, told(body));
            } finally {
                Files.deleteIfExists(file);
            }
        } finally {
            places.release();
        }
    }

    /** A client's bytes, whose failures are told from those of the file that they go into. */
    private static InputStream told(InputStream body) {
        return new ProxyInputStream(body) {
            @Override
            protected void handleIOException(IOException e) throws BrokenUploadException {
                throw new BrokenUploadException(e);
            }
        };
    }

    private Upload store(Path file, InputStream body) throws UploadTooLargeException, IOException {
        BoundedCopy copy =
                BoundedCopy.of(body, file, maxBytes).orElseThrow(() -> new UploadTooLargeException(maxBytes));
        Name id = new Name(UUID.randomUUID().toString());
        store.put(Artifacts.upload(id), file);
        return new Upload(id, copy.bytes(), copy.digest());
    }

    /** Deletes the files that killed processes left before a time. */
    void deleteFilesBefore(Instant time) throws IOException {
        if (!Files.isDirectory(workFolder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(workFolder, FILES + "*")) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(time)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** As many uploads are being received as may be. */
    public static final class NoPlaceException extends Exception {
        private static final long serialVersionUID = 1L;

        NoPlaceException() {
            super("as many uploads are being received as may be at once; try again");
        }
    }
}
