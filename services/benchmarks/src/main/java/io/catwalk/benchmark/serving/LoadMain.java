package io.catwalk.benchmark.serving;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.HdrHistogram.Histogram;

/**
 * Load on one address from a process of its own. Its arguments are the address ({@code grpc://} with a method's full name as its
 * path for gRPC), the headers, the file of the body, the number
 * of connections, the requests a second of all of them together (0 for as many as are answered) and the seconds. It prints
 * {@code load COUNT FAILED SECONDS P50 P99 P999 BEFORE}, times in microseconds; BEFORE is how many requests both sides were warmed up with for
 * some seconds before.
 *
 * <p>With a rate, requests are sent at fixed times whether earlier ones are answered or not (open loop), and a latency counts from
 * the time at which its request was due, as a late answer delays those behind it.
 */
public final class LoadMain {
    private static final long SECOND = 1_000_000_000L;
    private static final long WARM_UP = 3 * SECOND;

    private final URI target;
    private final String headers;
    private final byte[] body;
    private final int connections;
    private final double rate;
    private final long nanos;

    private LoadMain(String[] words) throws IOException {
        target = URI.create(words[0]);
        headers = words[1];
        body = Files.readAllBytes(Path.of(words[2]));
        connections = Integer.parseInt(words[3]);
        rate = Double.parseDouble(words[4]);
        nanos = Long.parseLong(words[5]) * SECOND;
    }

    /** Runs it. */
    public static void main(String[] words) throws IOException, InterruptedException, ExecutionException {
        new LoadMain(words).run();
    }

    private void run() throws InterruptedException, ExecutionException {
        long begin = System.nanoTime() + WARM_UP;
        Histogram latencies = new Histogram(3);
        long failed = 0;
        long before = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            List<Callable<Outcome>> callers = new ArrayList<>();
            for (int index = 0; index < connections; index++) {
                int number = index;
                callers.add(() -> call(begin, number));
            }
            for (Future<Outcome> caller : threads.invokeAll(callers)) {
                latencies.add(caller.get().latencies());
                failed += caller.get().failed();
                before += caller.get().before();
            }
        }
        System.out.printf(
                "load %d %d %.3f %.1f %.1f %.1f %d%n",
                latencies.getTotalCount(),
                failed,
                (System.nanoTime() - begin) / (double) SECOND,
                latencies.getValueAtPercentile(50) / 1e3,
                latencies.getValueAtPercentile(99) / 1e3,
                latencies.getValueAtPercentile(99.9) / 1e3,
                before);
    }

    private Outcome call(long begin, int number) throws IOException {
        try (Connection connection = connect()) {
            long before = 0;
            for (; System.nanoTime() < begin; before++) {
                connection.call();
            }
            Histogram latencies = new Histogram(3);
            long failed = rate > 0 ? open(connection, begin, number, latencies) : closed(connection, begin, latencies);
            return new Outcome(latencies, failed, before);
        }
    }

    /** @return how many requests failed */
    private long closed(Connection connection, long begin, Histogram latencies) throws IOException {
        long failed = 0;
        for (long now = System.nanoTime(); now - begin < nanos; now = System.nanoTime()) {
            failed += connection.call() ? 0 : 1;
            latencies.recordValue(System.nanoTime() - now);
        }
        return failed;
    }

    /** @return how many requests failed */
    private long open(Connection connection, long begin, int number, Histogram latencies) throws IOException {
        long failed = 0;
        OpenLoop times = new OpenLoop(begin, connections / rate * SECOND);
        for (double turn = (double) number / connections; times.due(turn) - begin < nanos; turn++) {
            long due = times.await(turn);
            failed += connection.call() ? 0 : 1;
            latencies.recordValue(System.nanoTime() - due);
        }
        return failed;
    }

    private Connection connect() throws IOException {
        return target.getScheme().equals("grpc")
                ? new GrpcConnection(target, body)
                : new HttpConnection(target, HttpConnection.post(target, headers, body));
    }

    /** @param before the requests of the warm-up */
    private record Outcome(Histogram latencies, long failed, long before) {}
}
