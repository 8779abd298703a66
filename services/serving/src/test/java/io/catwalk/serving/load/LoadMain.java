package io.catwalk.serving.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

import io.catwalk.local.process.ProcessTime;

/**
 * The process that sends {@link Load}. Its arguments are the protocol, the port, the server's process id, the file of the images, their
 * number in a request, the callers (0 for an open loop), the requests a second, the milliseconds and those that an answer may take.
 *
 * <p>Before the measured time it sends requests for a second, as a client's first calls wait for its own classes and connections.
 * In an open loop requests are sent at fixed times, whether earlier ones are answered or not, and a latency counts from the time at
 * which its request was due.
 */
public final class LoadMain {
    private static final long SECOND = 1_000_000_000L;
    private static final Duration WARM_UP = Duration.ofSeconds(1);
    private static final int WARM_UP_CALLERS = 8;

    private final Caller caller;
    private final Tally tally;
    private final long begin;
    private final long nanos;

    private LoadMain(Caller caller, Duration length, Duration deadline) {
        this.caller = caller;
        this.nanos = length.toNanos();
        this.begin = System.nanoTime();
        this.tally = new Tally(begin, nanos, deadline.toNanos());
    }

    /** Runs it. */
    public static void main(String[] words) throws IOException {
        int port = Integer.parseInt(words[1]);
        long server = Long.parseLong(words[2]);
        long own = ProcessHandle.current().pid();
        byte[] images = Files.readAllBytes(Path.of(words[3]));
        int count = Integer.parseInt(words[4]);
        try (Caller caller =
                words[0].equals("GRPC") ? new GrpcCaller(port, images, count) : new HttpCaller(port, images)) {
            Duration deadline = Duration.ofMillis(Long.parseLong(words[8]));
            new LoadMain(caller, WARM_UP, deadline).run(WARM_UP_CALLERS, 0);
            ThreadTimes threadsBefore = ThreadTimes.of(server);
            double serverBefore = ProcessTime.cpuSeconds(server);
            double ownBefore = ProcessTime.cpuSeconds(own);
            LoadMain load = new LoadMain(caller, Duration.ofMillis(Long.parseLong(words[7])), deadline);
            load.run(Integer.parseInt(words[5]), Double.parseDouble(words[6]));
            System.out.println(load.tally.load(
                    (System.nanoTime() - load.begin) / (double) SECOND,
                    ThreadTimes.of(server).ofBusiest(threadsBefore),
                    ProcessTime.cpuSeconds(server) - serverBefore,
                    ProcessTime.cpuSeconds(own) - ownBefore));
        }
    }

    private void run(int callers, double rate) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            if (callers > 0) {
                for (int index = 0; index < callers; index++) {
                    threads.submit(this::callInTurn);
                }
            } else {
                callAt(rate, threads);
            }
        }
    }

    private void callInTurn() {
        for (long now = System.nanoTime(); now - begin < nanos; now = System.nanoTime()) {
            tally.add(now, caller.call());
        }
    }

    private void callAt(double rate, ExecutorService threads) {
        for (long sent = 0; sent / rate * SECOND < nanos; sent++) {
            long due = begin + (long) (sent / rate * SECOND);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            threads.submit(() -> tally.add(due, caller.call()));
        }
    }
}
