package io.catwalk.serving.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What became of load from a process of its own, which gives way to the server's threads.
 *
 * @param goodput answers a second within the deadline, after the first third of the time
 * @param answered requests
 * @param late of the answered, those past the deadline
 * @param refused requests, with the time after which to try again
 * @param expired by the server's own deadline
 * @param failed in any other way
 * @param answeredP99 latency in milliseconds
 * @param refusedP50 latency in milliseconds
 * @param refusedP99 latency in milliseconds
 * @param seconds until the last reply
 * @param batchCpuSeconds of the server's busiest thread, which runs the batches
 * @param serverCpuSeconds of the process that answered it
 * @param cpuSeconds of the process that sent it
 */
public record Load(
        double goodput,
        long answered,
        long late,
        long refused,
        long expired,
        long failed,
        double answeredP99,
        double refusedP50,
        double refusedP99,
        double seconds,
        double batchCpuSeconds,
        double serverCpuSeconds,
        double cpuSeconds) {
    private static final String RESULT = "load ";

    /**
     * What is sent to whom.
     *
     * @param server the process id
     */
    public record Requests(String protocol, int port, long server, Path images, int count, Duration deadline) {}

    /** Each caller sends its next request when it has its answer. */
    public static Load closed(Requests requests, int callers, Duration length) {
        return run(requests, callers, 0, length);
    }

    /** @param rate requests a second, whether earlier ones are answered or not */
    public static Load open(Requests requests, double rate, Duration length) {
        return run(requests, 0, rate, length);
    }

    /** The share of the time in which a processor worked at batches whose answers came within the deadline. */
    public double usefulShare() {
        return usefulSeconds() / seconds;
    }

    /** The share of the server's processor time that went into such batches. */
    public double usefulCpuShare() {
        return usefulSeconds() / serverCpuSeconds;
    }

    private double usefulSeconds() {
        return batchCpuSeconds * (answered - late) / (answered + expired);
    }

    private static Load run(Requests requests, int callers, double rate, Duration length) {
        try {
            Process process = new ProcessBuilder(List.of(
                            "nice",
                            "-n",
                            "10",
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            LoadMain.class.getName(),
                            requests.protocol,
                            Integer.toString(requests.port),
                            Long.toString(requests.server),
                            requests.images.toString(),
                            Integer.toString(requests.count),
                            Integer.toString(callers),
                            Double.toString(rate),
                            Long.toString(length.toMillis()),
                            Long.toString(requests.deadline.toMillis())))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            said.lines().filter(line -> !line.startsWith(RESULT)).limit(5).forEach(System.out::println);
            return said.lines()
                    .filter(line -> line.startsWith(RESULT))
                    .map(Load::parse)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no load: " + said));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Load parse(String line) {
        double[] figures = Arrays.stream(line.substring(RESULT.length()).split(" "))
                .mapToDouble(Double::parseDouble)
                .toArray();
        return new Load(
                figures[0],
                (long) figures[1],
                (long) figures[2],
                (long) figures[3],
                (long) figures[4],
                (long) figures[5],
                figures[6],
                figures[7],
                figures[8],
                figures[9],
                figures[10],
                figures[11],
                figures[12]);
    }

    /** As the process prints it. */
    @Override
    public String toString() {
        return RESULT
                + "%.2f %d %d %d %d %d %.2f %.2f %.2f %.2f %.2f %.2f %.2f"
                        .formatted(
                                goodput,
                                answered,
                                late,
                                refused,
                                expired,
                                failed,
                                answeredP99,
                                refusedP50,
                                refusedP99,
                                seconds,
                                batchCpuSeconds,
                                serverCpuSeconds,
                                cpuSeconds);
    }
}
