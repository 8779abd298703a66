package io.catwalk.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A clock that is off, for single processes, by Debian's package {@code libfaketime}: the time of day is another, the clock that
 * durations are measured by is the machine's. Where the package isn't installed, it is fetched and unpacked without root.
 */
public final class SkewedClock {
    private static final String PACKAGE = "libfaketime";
    private static final String LIBRARY = "libfaketimeMT.so.1";

    private final Path library;
    private final Path offset;

    private SkewedClock(Path library, Path offset) {
        this.library = library;
        this.offset = offset;
    }

    /**
     * A clock that is right until it is set.
     *
     * @param folder keeps how far it is off, and the package if that isn't installed
     * @throws IllegalStateException when the package is neither installed nor to be had
     */
    public static SkewedClock in(Path folder) {
        Path own = folder.toAbsolutePath();
        Path library = find(Path.of("/usr/lib")).orElseGet(() -> fetch(own));
        SkewedClock clock = new SkewedClock(library, own.resolve("offset"));
        clock.set(Duration.ZERO);
        return clock;
    }

    /** Moves it, also for the processes that go by it: they see it within a second. */
    public void set(Duration ahead) {
        try {
            Files.createDirectories(offset.getParent());
            Path next = Files.writeString(offset.resolveSibling("next"), "%+d%n".formatted(ahead.toSeconds()));
            Files.move(next, offset, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The environment of a process that goes by this clock. */
    public Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                offset.toString(),
                "FAKETIME_CACHE_DURATION",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // Otherwise waits end early, as they are counted by a clock that isn't faked.
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0",
                // The times of files stay right: by them JavaCPP knows whether TensorFlow's libraries are unpacked yet.
                "NO_FAKE_STAT",
                "1");
    }

    private static Path fetch(Path folder) {
        Optional<Path> earlier = find(folder.resolve("usr/lib"));
        if (earlier.isPresent()) {
            return earlier.get();
        }
        try {
            Files.createDirectories(folder);
            Command.run(new ProcessBuilder(
                            "sh", "-c", "apt-get download " + PACKAGE + " && dpkg-deb -x " + PACKAGE + "_*.deb .")
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("apt.log").toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return find(folder.resolve("usr/lib"))
                .orElseThrow(
                        () -> new IllegalStateException("no " + LIBRARY + ": install Debian's package " + PACKAGE));
    }

    private static Optional<Path> find(Path libraries) {
        if (!Files.isDirectory(libraries)) {
            return Optional.empty();
        }
        try (Stream<Path> platforms = Files.list(libraries)) {
            return platforms
                    .map(platform -> platform.resolve("faketime").resolve(LIBRARY))
                    .filter(Files::exists)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
