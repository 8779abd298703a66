package io.catwalk.benchmark.peak;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import io.catwalk.benchmark.round.Contestant;

/** {@link FmaLoop} on all processors at once, in FLOP/s. */
public final class FmaPeak implements Contestant {
    /** Short enough for the compiler to change the loop between two calls. */
    private static final long TURNS = 1_000_000;

    private static final int CALLS = 150;
    private static final double NANOS = 1e9;

    private final int threads;
    private final ExecutorService pool;

    public FmaPeak(int threads) {
        this.threads = threads;
        this.pool = Executors.newFixedThreadPool(threads);
    }

    @Override
    public String name() {
        return "Vector API, fused multiply-adds on registers";
    }

    @Override
    public double round() {
        long started = System.nanoTime();
        List<CompletableFuture<Float>> loops = IntStream.range(0, threads)
                .mapToObj(unused -> CompletableFuture.supplyAsync(FmaPeak::calls, pool))
                .toList();
        if (!loops.stream().allMatch(loop -> Float.isFinite(loop.join()))) {
            throw new IllegalStateException("the multiply-adds overflowed");
        }
        return (double) FmaLoop.flops(TURNS) * CALLS * threads * NANOS / (System.nanoTime() - started);
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }

    private static float calls() {
        float sum = 0;
        for (int call = 0; call < CALLS; call++) {
            sum += FmaLoop.run(TURNS);
        }
        return sum;
    }
}
