package io.catwalk.local.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The memory that a process has in RAM, in MiB, from {@code /proc/PID/status}. */
public final class ProcessMemory {
    private static final double KIBIBYTES = 1024;

    private ProcessMemory() {}

    /** Now. */
    public static double residentMebibytes(long pid) {
        return mebibytes(pid, "VmRSS:");
    }

    /** Now, without the pages of files. */
    public static double anonymousMebibytes(long pid) {
        return mebibytes(pid, "RssAnon:");
    }

    /** The most that it ever had. */
    public static double peakMebibytes(long pid) {
        return mebibytes(pid, "VmHWM:");
    }

    private static double mebibytes(long pid, String field) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / KIBIBYTES)
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
