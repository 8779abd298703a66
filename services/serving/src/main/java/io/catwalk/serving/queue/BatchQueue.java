package io.catwalk.serving.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

import io.catwalk.serving.engine.Engine;
import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;

/**
 * The requests waiting for one loaded version. When the executor is free it takes the waiting requests, up to a batch: a
 * single request never waits for others, and batches grow with the load.
 *
 * <p>After a request's future is complete neither its images nor the engine are used for it.
 */
public final class BatchQueue {
    /** The longest time of one image that an event loop can be without. */
    private static final long QUICK_NANOS = 2_000_000;
    /** The weight of the newest run in the mean. */
    private static final int SMOOTHING = 8;

    private final Engine engine;
    private final BatchExecutor executor;
    private final BatchLimits limits;
    private final LongSupplier nanoClock;
    private final IntConsumer batchSizes;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Batchable> waiting = new ArrayDeque<>();
    private final Pace pace = new Pace();
    private volatile int draining;
    private volatile int waitingImages;
    /** Those that were taken from the queue and aren't run yet. */
    private volatile int runningImages;
    /** The mean time of a batch of one image, of the newest ones; 0 before the first. */
    private volatile long singleNanos;

    private volatile long nanosPerImage;

    /** @param batchSizes receives the number of images of each batch */
    public BatchQueue(
            Engine engine, BatchExecutor executor, BatchLimits limits, LongSupplier nanoClock, IntConsumer batchSizes) {
        this.engine = engine;
        this.executor = executor;
        this.limits = limits;
        this.nanoClock = nanoClock;
        this.batchSizes = batchSizes;
    }

    /** The number of waiting images. */
    public int depth() {
        return waitingImages;
    }

    /** Whether one image takes so little time that an event loop can run it. False before the first one was run. */
    public boolean isQuick() {
        long mean = singleNanos;
        return mean > 0 && mean <= QUICK_NANOS;
    }

    /**
     * Refuses a request while the queue is full, before its body is read.
     *
     * @throws RefusedException with {@link Refusal#OVERLOADED}
     */
    public void requireRoom() {
        requireRoom(1);
    }

    /**
     * Puts images into the queue.
     *
     * @param here whether a single image may be classified before this returns, if an executor's slot is free
     * @param abandoned whether the client is gone: such a request isn't run
     * @return fails with a {@link RefusedException} of {@link Refusal#CANCELLED} for an abandoned request, and with the
     *     engine's exception if its batch failed
     * @throws RefusedException with {@link Refusal#OVERLOADED} when the queue is full
     */
    public CompletableFuture<BatchOutcome> submit(float[] images, int count, boolean here, BooleanSupplier abandoned) {
        Batchable request = new Batchable(images, count, nanoClock.getAsLong(), abandoned);
        if (enqueue(request) && !(here && count == 1 && executor.tryRun(this::drain))) {
            startDrain();
        }
        return request.outcome;
    }

    private void requireRoom(int images) {
        if (waitingImages + images > limits.maxWaiting()) {
            throw new RefusedException(
                    Refusal.OVERLOADED,
                    "the model's queue is full: " + waitingImages + " images wait, the limit is "
                            + limits.maxWaiting());
        }
        // While another batch may run, those that run keep nobody waiting.
        int ahead = waitingImages + (draining == limits.parallel() ? runningImages : 0);
        long waitNanos = ahead * nanosPerImage;
        if (waitNanos > limits.maxWait().toNanos()) {
            throw new RefusedException(
                    Refusal.OVERLOADED,
                    "the model's queue is too long: " + ahead + " images wait or run, which take it about "
                            + Duration.ofNanos(waitNanos).toMillis() + " ms, the limit is "
                            + limits.maxWait().toMillis() + " ms");
        }
    }

    /** @return whether another drain must be started */
    private boolean enqueue(Batchable request) {
        lock.lock();
        try {
            requireRoom(request.count);
            waiting.add(request);
            waitingImages += request.count;
            if (draining == limits.parallel()) {
                return false;
            }
            draining++;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Runs one batch, then queues behind the other models' batches for the next. */
    private void drain() {
        boolean more;
        try {
            List<Batchable> batch = takeBatch();
            if (!batch.isEmpty()) {
                run(batch);
            }
            more = continuesAfter(batch);
        } catch (Throwable e) {
            endDrain();
            throw e;
        }
        if (more) {
            startDrain();
        }
    }

    /** Records the pace of a batch that was run; returns whether requests wait, and ends the drain if none does. */
    private boolean continuesAfter(List<Batchable> batch) {
        int images = batch.stream().mapToInt(request -> request.count).sum();
        lock.lock();
        try {
            if (!batch.isEmpty()) {
                pace.ended(images, batch.getFirst().enqueuedNanos, nanoClock.getAsLong());
                nanosPerImage = pace.nanosPerImage();
            }
            if (waiting.isEmpty()) {
                draining--;
                return false;
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void startDrain() {
        try {
            executor.execute(this::drain);
        } catch (Throwable e) {
            endDrain();
            throw e;
        }
    }

    /** One that failed doesn't count any more, or the next request would wait for it. */
    private void endDrain() {
        lock.lock();
        try {
            draining--;
        } finally {
            lock.unlock();
        }
    }

    private List<Batchable> takeBatch() {
        List<Batchable> batch = new ArrayList<>();
        List<Batchable> abandoned = new ArrayList<>();
        lock.lock();
        try {
            int images = 0;
            for (Batchable next = waiting.peek(); next != null; next = waiting.peek()) {
                if (next.abandoned()) {
                    abandoned.add(next);
                } else if (batch.isEmpty() || images + next.count <= limits.maxBatch()) {
                    batch.add(next);
                    images += next.count;
                    runningImages += next.count;
                } else {
                    break;
                }
                waiting.remove();
                waitingImages -= next.count;
            }
        } finally {
            lock.unlock();
        }
        abandoned.forEach(BatchQueue::cancel);
        return batch;
    }

    private static void cancel(Batchable request) {
        request.outcome.completeExceptionally(
                new RefusedException(Refusal.CANCELLED, "nobody waits for the answer any more"));
    }

    /**
     * Completes each request of the batch, whatever fails: one that is never completed would hold its model for ever. An
     * {@link Error} is passed on to the thread's supervisor.
     */
    private void run(List<Batchable> batch) {
        try {
            long started = nanoClock.getAsLong();
            float[] probabilities = batch.size() == 1 ? runParts(batch.getFirst()) : runTogether(batch);
            long inferNanos = nanoClock.getAsLong() - started;
            if (batch.size() == 1 && batch.getFirst().count == 1) {
                measured(inferNanos);
            }
            answer(batch, probabilities, started, inferNanos);
        } catch (Throwable e) {
            batch.forEach(request -> request.outcome.completeExceptionally(e));
            if (e instanceof Error error) {
                throw error;
            }
        } finally {
            ran(batch.stream().mapToInt(request -> request.notRun).sum());
        }
    }

    private void ran(int images) {
        lock.lock();
        try {
            runningImages -= images;
        } finally {
            lock.unlock();
        }
    }

    /** Runs of two threads at once may lose one of both: it is a mean. */
    private void measured(long nanos) {
        long mean = singleNanos;
        singleNanos = Math.max(1, mean == 0 ? nanos : mean + (nanos - mean) / SMOOTHING);
    }

    private float[] runParts(Batchable request) {
        if (request.count <= limits.maxBatch()) {
            batchSizes.accept(request.count);
            return engine.run(request.images, request.count);
        }
        int values = engine.signature().imageValues();
        int classes = engine.signature().classes();
        float[] probabilities = new float[request.count * classes];
        for (int first = 0; first < request.count; first += limits.maxBatch()) {
            int count = Math.min(limits.maxBatch(), request.count - first);
            float[] part = new float[count * values];
            System.arraycopy(request.images, first * values, part, 0, part.length);
            batchSizes.accept(count);
            System.arraycopy(engine.run(part, count), 0, probabilities, first * classes, count * classes);
            request.notRun -= count;
            ran(count);
        }
        return probabilities;
    }

    private float[] runTogether(List<Batchable> batch) {
        int values = engine.signature().imageValues();
        int count = batch.stream().mapToInt(request -> request.count).sum();
        float[] images = new float[count * values];
        int position = 0;
        for (Batchable request : batch) {
            System.arraycopy(request.images, 0, images, position, request.count * values);
            position += request.count * values;
        }
        batchSizes.accept(count);
        return engine.run(images, count);
    }

    private void answer(List<Batchable> batch, float[] probabilities, long started, long inferNanos) {
        int classes = engine.signature().classes();
        int position = 0;
        for (Batchable request : batch) {
            float[] own = new float[request.count * classes];
            System.arraycopy(probabilities, position, own, 0, own.length);
            position += own.length;
            request.outcome.complete(new BatchOutcome(own, started - request.enqueuedNanos, inferNanos));
        }
    }
}
