package io.catwalk.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import io.catwalk.local.StoreProcess;
import io.catwalk.objectstore.MinioObjectStore;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.StoreSettings;
import org.jspecify.annotations.Nullable;

/** An S3 server in a process of its own, one at a time. */
public final class RealStore {
    private static final String ACCESS_KEY = "catwalk";
    private static final String SECRET_KEY = "0123456789abcdef";
    private static @Nullable StoreProcess process;

    private RealStore() {}

    public static synchronized void start() {
        try {
            Path folder = Files.createDirectories(Path.of("target", "it"));
            process = StoreProcess.start(Files.createTempDirectory(folder, "store"), ACCESS_KEY, SECRET_KEY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static synchronized void stop() {
        if (process != null) {
            process.close();
            process = null;
        }
    }

    /** A client of the started server. */
    public static synchronized ObjectStore open() {
        if (process == null) {
            throw new IllegalStateException("the store isn't started");
        }
        return new MinioObjectStore(new StoreSettings(
                process.endpoint(), StoreProcess.BUCKET, ACCESS_KEY, SECRET_KEY, Duration.ofSeconds(10)));
    }
}
