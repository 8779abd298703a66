package io.catwalk.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import io.catwalk.local.process.StackClassPath;

/** Flags of the children's JVMs. */
final class JavaFlags {
    /** For a process that lives for seconds: it starts sooner, and computes slower once it has run for a while. */
    static final List<String> SHORT_LIVED = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private static final String NATIVES = "org.bytedeco.javacpp.cachedir";

    private JavaFlags() {}

    /**
     * For a process of this module's classes that shares a small machine with five others.
     *
     * @param name its archive's
     */
    static List<String> small(String maxHeap, String name) {
        return Stream.of(
                        SHORT_LIVED,
                        sharedClasses(StackClassPath.ownClasses().resolveSibling(name + ".jsa")),
                        List.of(
                                "-Xmx" + maxHeap,
                                "-XX:+ExitOnOutOfMemoryError",
                                "-Dlogback.configurationFile=io/catwalk/local/logback.xml",
                                "--enable-native-access=ALL-UNNAMED"))
                .flatMap(List::stream)
                .toList();
    }

    /**
     * The first process that ends by itself leaves its loaded classes to the later ones (JEP 350); the JVM makes the archive anew
     * where it is of other jars, and needn't say so. There is none for a class path with a folder, as {@code make run} has it.
     */
    static List<String> sharedClasses(Path archive) {
        return Files.isRegularFile(StackClassPath.ownClasses())
                ? List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + archive, "-Xlog:cds*=off")
                : List.of();
    }

    /**
     * For one of the pipeline's services; native memory comes on top of the heap. JBoss Threads clears its threads' locals
     * through {@code java.lang}, and a thread that can't dies. Java 21 doesn't know the last flag. TensorFlow's libraries are
     * unpacked to where this process has them.
     */
    static List<String> service(String maxHeap) {
        return Stream.concat(
                        Stream.of(
                                "-Xmx" + maxHeap,
                                "-XX:+ExitOnOutOfMemoryError",
                                "--enable-native-access=ALL-UNNAMED",
                                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                                "-XX:+IgnoreUnrecognizedVMOptions",
                                "--sun-misc-unsafe-memory-access=allow"),
                        Stream.of(NATIVES, NATIVES + ".nosubdir")
                                .filter(name -> System.getProperty(name) != null)
                                .map(name -> "-D" + name + "=" + System.getProperty(name)))
                .toList();
    }
}
