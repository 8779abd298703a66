package io.catwalk.local.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Specs of {@link FakeChild}. */
final class FakeChildren {
    private FakeChildren() {}

    static ChildSpec spec(String name, Path folder, String orders) {
        return spec(name, folder, orders, Duration.ofSeconds(30));
    }

    static ChildSpec spec(String name, Path folder, String orders, Duration readyWithin) {
        ReadyFile ready = readyFile(name, folder);
        JavaCommand command = new JavaCommand(
                List.of(StackClassPath.ownClasses(), testClasses()),
                "io.catwalk.local.process.FakeChild",
                List.of("-Xmx64m", "-XX:+ExitOnOutOfMemoryError", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"),
                List.of(orders, ready.path().toString()));
        return new ChildSpec(name, command, Map.of(), folder.resolve(name + ".log"), ready, readyWithin);
    }

    /** Lets a child go on that waits by {@code await-go}. */
    static void go(String name, Path folder) throws IOException {
        Files.createFile(goFile(readyFile(name, folder)));
    }

    static Path goFile(ReadyFile ready) {
        return Path.of(ready.path() + ".go");
    }

    private static ReadyFile readyFile(String name, Path folder) {
        return new ReadyFile(folder.resolve(name + ".ready"));
    }

    private static Path testClasses() {
        return Path.of(FakeChild.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
    }
}
