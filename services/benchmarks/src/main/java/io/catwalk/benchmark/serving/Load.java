package io.catwalk.benchmark.serving;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;

import io.catwalk.local.TaskFailedException;
import io.catwalk.local.process.ProcessTime;

/**
 * Load from a process of its own, and what it costs.
 *
 * @param requests that were answered
 * @param seconds that it took
 * @param p50 of the latencies, in milliseconds
 * @param p99 of the latencies, in milliseconds
 * @param before requests of the warm-up before these
 * @param cpuSeconds of the server, warm-up included
 * @param allocatedBytes by the server on its heap, warm-up included; absent where it isn't a JVM
 */
record Load(
        long requests,
        double seconds,
        double p50,
        double p99,
        long before,
        double cpuSeconds,
        OptionalDouble allocatedBytes) {
    /** Counted at each collection, so in steps of the young generation. */
    private static final String ALLOCATED = "jvm_gc_memory_allocated_bytes_total";

    private static final String RESULT = "load ";

    /**
     * Sends as many requests as are answered.
     *
     * @param connections that each have one request under way
     * @param seconds after some of warming up
     */
    static Load closed(Target target, int connections, int seconds) {
        return of(target, connections, 0, seconds);
    }

    /**
     * Sends requests at fixed times.
     *
     * @param rate requests a second of all connections together
     */
    static Load open(Target target, int connections, double rate, int seconds) {
        return of(target, connections, rate, seconds);
    }

    double requestsPerSecond() {
        return requests / seconds;
    }

    double cpuMicrosPerRequest() {
        return cpuSeconds / (requests + before) * 1e6;
    }

    /** Absent as {@link #allocatedBytes}. */
    OptionalDouble garbageKibibytesPerRequest() {
        return allocatedBytes.isPresent()
                ? OptionalDouble.of(allocatedBytes.getAsDouble() / (requests + before) / 1024)
                : OptionalDouble.empty();
    }

    private static Load of(Target target, int connections, double rate, int seconds) {
        try {
            Path body = Files.createTempFile("request", ".body");
            Files.write(body, target.body());
            OptionalDouble allocated = allocated(target);
            double before = ProcessTime.cpuSeconds(target.pid());
            String[] figures = run(target, body, connections, rate, seconds).split(" ");
            double cpu = ProcessTime.cpuSeconds(target.pid()) - before;
            Files.delete(body);
            if (!figures[1].equals("0")) {
                throw new TaskFailedException(
                        "%s: %s of %s requests failed".formatted(target.name(), figures[1], figures[0]));
            }
            return new Load(
                    Long.parseLong(figures[0]),
                    Double.parseDouble(figures[2]),
                    Double.parseDouble(figures[3]) / 1e3,
                    Double.parseDouble(figures[4]) / 1e3,
                    Long.parseLong(figures[6]),
                    cpu,
                    allocated.isPresent()
                            ? OptionalDouble.of(allocated(target).orElseThrow() - allocated.getAsDouble())
                            : OptionalDouble.empty());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String run(Target target, Path body, int connections, double rate, int seconds) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LoadMain.class.getName(),
                        target.address().toString(),
                        target.headers(),
                        body.toString(),
                        Integer.toString(connections),
                        Double.toString(rate),
                        Integer.toString(seconds)))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new TaskFailedException("the load on %s ended: %s".formatted(target.name(), said.strip()));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
        return said.lines()
                .filter(line -> line.startsWith(RESULT))
                .findFirst()
                .orElseThrow()
                .substring(RESULT.length());
    }

    private static OptionalDouble allocated(Target target) {
        return target.metrics().stream()
                .mapToDouble(metrics -> metrics.sum(ALLOCATED))
                .findFirst();
    }
}
