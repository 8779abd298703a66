package io.catwalk.local;

import java.util.List;

/** Flags of the children's JVMs. */
final class JavaFlags {
    private JavaFlags() {}

    /** For a process that shares a small machine with five others. */
    static List<String> small(String maxHeap) {
        return List.of(
                "-Xmx" + maxHeap,
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=io/catwalk/local/logback.xml",
                "--enable-native-access=ALL-UNNAMED");
    }

    /**
     * For one of the pipeline's services; native memory comes on top of the heap. JBoss Threads clears its threads' locals
     * through {@code java.lang}, and a thread that can't dies. Java 21 doesn't know the last flag.
     */
    static List<String> service(String maxHeap) {
        return List.of(
                "-Xmx" + maxHeap,
                "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--sun-misc-unsafe-memory-access=allow");
    }
}
