package io.catwalk.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the broker and the store run on. The build writes their class path beside this module's classes, so that a starter
 * needs none of it on its own.
 */
public final class StackClassPath {
    private static final String FILE = "classpath.txt";

    private StackClassPath() {}

    /**
     * This module's classes and all that they need.
     *
     * @throws IllegalStateException when the module isn't built
     */
    public static List<Path> all() {
        Path file = ownClasses().resolveSibling(FILE);
        if (!Files.exists(file)) {
            throw new IllegalStateException(file + " is missing: build the module deploy/local first");
        }
        try {
            Stream<Path> libraries = Stream.of(
                            Files.readString(file).strip().split(System.getProperty("path.separator")))
                    .map(Path::of);
            return Stream.concat(Stream.of(ownClasses()), libraries).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + file, e);
        }
    }

    /** The folder or jar that this class came from. */
    public static Path ownClasses() {
        String location = StackClassPath.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString();
        String file = location.replaceFirst("^jar:", "").replaceFirst("!/$", "");
        try {
            return Path.of(new URI(file));
        } catch (URISyntaxException e) {
            throw new IllegalStateException("not a file: " + location, e);
        }
    }
}
