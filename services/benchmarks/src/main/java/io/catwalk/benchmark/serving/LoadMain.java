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
import java.util.concurrent.locks.LockSupport;

import org.HdrHistogram.Histogram;

/**
 * Load on one address from a process of its own. Its arguments are the address, the headers, the file of the body, the number
 * of connections, the requests a second of all of them together (0 for as many as are answered) and the seconds. It prints
 * {@code load COUNT FAILED SECONDS P50 P99 P999}, times in microseconds.
 *
 * <p>With a rate, requests are sent at fixed times whether earlier ones are answered or not (open loop), and a latency counts from
 * the time at which its request was due, as a late answer delays those behind it.
 */
public final class LoadMain {
    private static final long SECOND = 1_000_000_000L;

    private final URI target;
    private final byte[] request;
    private final int connections;
    private final double rate;
    private final long nanos;

    private LoadMain(String[] words) throws IOException {
        target = URI.create(words[0]);
        request = HttpConnection.post(target, words[1], Files.readAllBytes(Path.of(words[2])));
        connections = Integer.parseInt(words[3]);
        rate = Double.parseDouble(words[4]);
        nanos = Long.parseLong(words[5]) * SECOND;
    }

    /** Runs it. */
    public static void main(String[] words) throws IOException, InterruptedException, ExecutionException {
        new LoadMain(words).run();
    }

    private void run() throws InterruptedException, ExecutionException {
        long begin = System.nanoTime();
        Histogram latencies = new Histogram(3);
        long failed = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
            List<Callable<Outcome>> callers = new ArrayList<>();
            for (int index = 0; index < connections; index++) {
                int number = index;
                callers.add(() -> rate > 0 ? open(begin, number) : closed(begin));
            }
            for (Future<Outcome> caller : threads.invokeAll(callers)) {
                latencies.add(caller.get().latencies());
                failed += caller.get().failed();
            }
        }
        System.out.printf(
                "load %d %d %.3f %.1f %.1f %.1f%n",
                latencies.getTotalCount(),
                failed,
                (System.nanoTime() - begin) / (double) SECOND,
                latencies.getValueAtPercentile(50) / 1e3,
                latencies.getValueAtPercentile(99) / 1e3,
                latencies.getValueAtPercentile(99.9) / 1e3);
    }

    private Outcome closed(long begin) throws IOException {
        Histogram latencies = new Histogram(3);
        long failed = 0;
        try (HttpConnection connection = new HttpConnection(target, request)) {
            for (long now = System.nanoTime(); now - begin < nanos; now = System.nanoTime()) {
                failed += connection.call() ? 0 : 1;
                latencies.recordValue(System.nanoTime() - now);
            }
        }
        return new Outcome(latencies, failed);
    }

    private Outcome open(long begin, int number) throws IOException {
        Histogram latencies = new Histogram(3);
        long failed = 0;
        double interval = connections / rate * SECOND;
        try (HttpConnection connection = new HttpConnection(target, request)) {
            for (long sent = 0; ; sent++) {
                long due = begin + (long) ((sent + (double) number / connections) * interval);
                if (due - begin >= nanos) {
                    return new Outcome(latencies, failed);
                }
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                failed += connection.call() ? 0 : 1;
                latencies.recordValue(System.nanoTime() - due);
            }
        }
    }

    private record Outcome(Histogram latencies, long failed) {}
}
