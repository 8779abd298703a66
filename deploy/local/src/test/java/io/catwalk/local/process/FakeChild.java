package io.catwalk.local.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A child that does as its first argument says: the second is its ready file. */
public final class FakeChild {
    private FakeChild() {}

    public static void main(String[] arguments) throws Exception {
        List<String> orders = List.of(arguments[0].split(","));
        for (String order : orders) {
            obey(order, new ReadyFile(Path.of(arguments[1])));
        }
    }

    private static void obey(String order, ReadyFile ready) throws Exception {
        switch (order) {
            case "talk" -> {
                for (int line = 1; line <= 40; line++) {
                    System.out.println("line " + line);
                }
            }
            case "ready" -> ready.create();
            case "await-go" -> {
                while (!Files.exists(FakeChildren.goFile(ready))) {
                    Pause.of(Duration.ofMillis(10));
                }
            }
            case "fail" -> throw new IllegalStateException("as told");
            case "exit" -> System.exit(3);
            case "meet-error" -> Runtime.getRuntime().halt(71);
            case "fill-heap" -> fillHeap();
            case "wait" -> Thread.currentThread().join();
            case "linger" -> Runtime.getRuntime().addShutdownHook(new Thread(FakeChild::linger));
            case "note-end" ->
                Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("ended by hook")));
            case "start-and-halt" -> {
                startAnother(ready);
                Runtime.getRuntime().halt(9);
            }
            default -> throw new IllegalArgumentException(order);
        }
    }

    private static void fillHeap() {
        List<byte[]> kept = new ArrayList<>();
        while (!kept.isEmpty() || kept.add(new byte[1])) {
            kept.add(new byte[1 << 20]);
        }
    }

    private static void linger() {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A grandchild that waits, started as any child is; this process is gone right after. */
    private static void startAnother(ReadyFile ready) {
        Path folder = ready.path().getParent();
        ChildProcess child = ChildProcess.start(FakeChildren.spec("grandchild", folder, "note-end,ready,wait"));
        child.awaitReady();
        System.out.println("grandchild " + child.pid());
    }
}
