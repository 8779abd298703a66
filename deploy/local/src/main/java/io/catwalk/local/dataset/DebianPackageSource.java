package io.catwalk.local.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Debian's package, fetched and unpacked without root.
 *
 * @param aptGet the program that fetches
 * @param target gets the package and its content
 */
record DebianPackageSource(String aptGet, Path target) implements DatasetSource {
    private static final String PACKAGE = "dataset-fashion-mnist";
    private static final long TIMEOUT_SECONDS = 120;

    @Override
    public Path folder() {
        try {
            Files.createDirectories(target);
            run(aptGet, "download", PACKAGE);
            run("dpkg-deb", "-x", fetched().toString(), ".");
            return contentIn(target);
        } catch (IOException e) {
            throw new DatasetMissingException("no package " + PACKAGE + " (" + e.getMessage() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    /** Where the package puts the files, below the root that it is unpacked to. */
    static Path contentIn(Path root) {
        return root.resolve("usr/share/datasets/fashion-mnist");
    }

    private Path fetched() throws IOException {
        try (Stream<Path> files = Files.list(target)) {
            return files.filter(file -> file.getFileName().toString().matches(PACKAGE + "_.*\\.deb"))
                    .findFirst()
                    .orElseThrow(() -> new IOException(aptGet + " left no package in " + target));
        }
    }

    private void run(String... words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words)
                .directory(target.toFile())
                .redirectErrorStream(true)
                .redirectOutput(target.resolve("apt.log").toFile())
                .start();
        if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(words[0] + " took longer than " + TIMEOUT_SECONDS + " s");
        }
        if (process.exitValue() != 0) {
            List<String> lines = Files.readAllLines(target.resolve("apt.log"));
            throw new IOException(words[0] + ": " + (lines.isEmpty() ? "failed" : lines.getLast()));
        }
    }
}
