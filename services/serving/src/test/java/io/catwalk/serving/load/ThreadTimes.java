package io.catwalk.serving.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The processor times of a process' threads, as Linux counts them.
 *
 * @param seconds by the threads' ids
 */
record ThreadTimes(Map<String, Double> seconds) {
    /** Linux' unit in {@code /proc}, of a second. */
    private static final double TICK = 0.01;
    /** The positions of the times in user and in system mode behind the thread's name. */
    private static final int USER = 11;

    private static final int SYSTEM = 12;

    /** Those of now. */
    static ThreadTimes of(long process) throws IOException {
        Map<String, Double> seconds = new HashMap<>();
        for (Path thread : threads(process)) {
            try {
                String stat = Files.readString(thread.resolve("stat"));
                String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                seconds.put(
                        thread.getFileName().toString(),
                        (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM])) * TICK);
            } catch (NoSuchFileException e) {
                // It has ended since.
            }
        }
        return new ThreadTimes(seconds);
    }

    private static List<Path> threads(long process) throws IOException {
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(process), "task"))) {
            return threads.toList();
        }
    }

    /** The time that the busiest thread has taken since then, in seconds. */
    double ofBusiest(ThreadTimes before) {
        return seconds.entrySet().stream()
                .mapToDouble(thread -> thread.getValue() - before.seconds.getOrDefault(thread.getKey(), 0.0))
                .max()
                .orElseThrow();
    }
}
