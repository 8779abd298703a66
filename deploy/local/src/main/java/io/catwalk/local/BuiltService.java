package io.catwalk.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import io.catwalk.local.process.JavaCommand;
import io.catwalk.local.process.StackClassPath;

/** How a service is started as its build leaves it: the one place for the flags that every service's JVM needs. */
public final class BuiltService {
    private BuiltService() {}

    /**
     * @param jar the build's {@code quarkus-run.jar}
     * @param maxHeap as {@code 256m}; native memory comes on top
     * @param more flags beside those of every service
     * @throws StackSetupException when the service isn't built
     */
    public static JavaCommand command(Path jar, String maxHeap, String... more) {
        List<String> flags = Stream.concat(JavaFlags.service(maxHeap).stream(), Stream.of(more))
                .toList();
        return new JavaCommand(
                List.of(jar.toAbsolutePath(), StackClassPath.ownClasses()), mainClass(jar), flags, List.of());
    }

    /** The same for a test's process, which lives for seconds; its class archive lies beside the build. */
    static JavaCommand shortLived(Path jar, String maxHeap, String... more) {
        Path archive = jar.toAbsolutePath().getParent().resolveSibling("classes.jsa");
        return command(
                jar,
                maxHeap,
                Stream.of(JavaFlags.SHORT_LIVED, JavaFlags.sharedClasses(archive), List.of(more))
                        .flatMap(List::stream)
                        .toArray(String[]::new));
    }

    private static String mainClass(Path jar) {
        if (!Files.exists(jar)) {
            throw new StackSetupException(jar + " is missing: run `make build` first");
        }
        try (JarFile file = new JarFile(jar.toFile())) {
            return Optional.ofNullable(file.getManifest())
                    .map(manifest -> manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS))
                    .orElseThrow(() -> new StackSetupException(jar + " names no main class"));
        } catch (IOException e) {
            throw new UncheckedIOException("can't read " + jar, e);
        }
    }
}
