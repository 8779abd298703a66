package io.catwalk.serving.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import io.catwalk.serving.engine.Engine;
import io.catwalk.serving.engine.EngineKind;
import io.catwalk.serving.engine.FakeEngine;
import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BatchQueueTest {
    private static final int VALUES = (int) FakeEngine.SHAPE.size();

    private final FakeEngine engine = new FakeEngine(0.25f);
    private final StepExecutor executor = new StepExecutor();

    @Test
    void aSingleRequestRunsImmediately() {
        BatchQueue queue = queue(engine, 8);
        CompletableFuture<BatchOutcome> answer = submit(queue, 1);
        executor.runAll();

        assertThat(answer.join().probabilities()).containsExactly(0.25f, 0.75f);
        assertThat(engine.batches()).containsExactly(1);
        assertThat(queue.depth()).isZero();
    }

    @Test
    void waitingRequestsAreBatched() {
        BatchQueue queue = queue(engine, 64);
        submit(queue, 3);
        submit(queue, 1);
        CompletableFuture<BatchOutcome> last = submit(queue, 2);
        executor.runAll();

        assertThat(engine.batches()).as("4 images are a full batch").containsExactly(4, 2);
        assertThat(last.join().probabilities()).hasSize(4);
    }

    @Test
    void aRequestLargerThanABatchRunsInParts() {
        BatchQueue queue = queue(engine, 64);
        CompletableFuture<BatchOutcome> answer = submit(queue, 10);
        executor.runAll();

        assertThat(engine.batches()).containsExactly(4, 4, 2);
        assertThat(answer.join().probabilities()).hasSize(20).startsWith(0.25f, 0.75f);
    }

    @Test
    void refusesRequestsWhenFullAndAcceptsMoreAfterDraining() {
        BatchQueue queue = queue(engine, 3);
        submit(queue, 2);
        assertThatThrownBy(() -> submit(queue, 2))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(Refusal.OVERLOADED))
                .hasMessage("the model's queue is full: 2 images wait, the limit is 3");
        submit(queue, 1);
        assertThatThrownBy(queue::requireRoom).isInstanceOf(RefusedException.class);

        executor.runAll();
        queue.requireRoom();
        submit(queue, 3);
    }

    @Test
    void refusesRequestsThatWouldWaitTooLong() {
        BatchQueue queue = slowQueue(engine, 1, Duration.ofMillis(250), () -> {});
        submit(queue, 2);
        submit(queue, 1);
        assertThatThrownBy(() -> submit(queue, 1))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(Refusal.OVERLOADED))
                .hasMessage("the model's queue is too long: 3 images wait or run, which take it about 300 ms,"
                        + " the limit is 250 ms");

        executor.runAll();
        submit(queue, 4);
    }

    @Test
    void refusesRequestsThatWouldWaitTooLongForTheBatchThatRuns() {
        List<String> refusals = refusalsWhileTenImagesRun(1);
        assertThat(refusals)
                .as("before each part of 4, 4 and 2 images")
                .containsExactly(
                        "the model's queue is too long: 10 images wait or run, which take it about 1000 ms,"
                                + " the limit is 550 ms",
                        "the model's queue is too long: 6 images wait or run, which take it about 600 ms,"
                                + " the limit is 550 ms",
                        "");
    }

    @Test
    void aBatchThatRunsKeepsNobodyWaitingWhileAnotherMayRun() {
        assertThat(refusalsWhileTenImagesRun(2)).containsExactly("", "", "");
    }

    @Test
    void aFailedBatchKeepsNobodyWaiting() {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        BatchQueue queue = slowQueue(new BreakableEngine(engine, failure), 1, Duration.ofMillis(250), () -> {});
        failure.set(new IllegalStateException("broken"));
        for (int batch = 0; batch < 3; batch++) {
            CompletableFuture<BatchOutcome> answer = submit(queue, 10);
            executor.runAll();
            assertThat(answer).isCompletedExceptionally();
            submit(queue, 2);
            assertThat(refusal(queue)).isEmpty();
            executor.runAll();
        }
    }

    @Test
    void skipsAbandonedRequests() {
        BatchQueue queue = queue(engine, 64);
        AtomicBoolean gone = new AtomicBoolean();
        CompletableFuture<BatchOutcome> abandoned = queue.submit(new float[VALUES], 1, true, gone::get);
        CompletableFuture<BatchOutcome> kept = submit(queue, 1);
        gone.set(true);
        executor.runAll();

        assertThat(engine.batches()).containsExactly(1);
        assertThat(kept).isCompleted();
        assertThatThrownBy(abandoned::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(Refusal.CANCELLED));
    }

    @Test
    void aFailedBatchFailsItsRequestsAndNoOthers() {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>(new IllegalStateException("broken"));
        BatchQueue queue = queue(new BreakableEngine(engine, failure), 64);
        CompletableFuture<BatchOutcome> failed = submit(queue, 1);
        executor.runAll();
        failure.set(null);
        CompletableFuture<BatchOutcome> answered = submit(queue, 1);
        executor.runAll();

        assertThatThrownBy(failed::join).hasRootCauseMessage("broken");
        assertThat(answered).isCompleted();
    }

    @Test
    void limitsConcurrentDrains() {
        BatchQueue queue = queue(engine, 64);
        submit(queue, 1);
        submit(queue, 1);
        submit(queue, 1);

        assertThat(executor.tasks).hasSize(1);
    }

    @Test
    void aLoneImageIsRunByItsCaller() {
        AtomicInteger inline = new AtomicInteger();
        BatchExecutor free = new BatchExecutor() {
            @Override
            public boolean tryRun(Runnable task) {
                inline.incrementAndGet();
                task.run();
                return true;
            }

            @Override
            public void execute(Runnable task) {
                executor.add(task);
            }
        };
        BatchQueue queue = new BatchQueue(
                engine, free, new BatchLimits(8, 4, 1, Duration.ofHours(1)), System::nanoTime, size -> {});

        assertThat(submit(queue, 1)).isCompleted();
        assertThat(submit(queue, 1)).isCompleted();
        assertThat(inline).hasValue(2);
        assertThat(executor.tasks).as("nothing is left to drain").isEmpty();

        CompletableFuture<BatchOutcome> several = submit(queue, 2);
        assertThat(several).as("several images are a dispatcher's").isNotCompleted();
        CompletableFuture<BatchOutcome> behind = submit(queue, 1);
        assertThat(behind).as("no caller overtakes a running drain").isNotCompleted();
        executor.runAll();
        assertThat(several).isCompleted();
        assertThat(behind).isCompleted();
        assertThat(engine.batches()).containsExactly(1, 1, 3);
    }

    /** Before each part of a request of 10 images, why a queue with a limit of 550 ms would refuse another one. */
    private List<String> refusalsWhileTenImagesRun(int parallel) {
        List<String> refusals = new ArrayList<>();
        AtomicReference<@Nullable BatchQueue> asked = new AtomicReference<>();
        BatchQueue queue = slowQueue(engine, parallel, Duration.ofMillis(550), () -> {
            BatchQueue running = asked.get();
            if (running != null) {
                refusals.add(refusal(running));
            }
        });
        asked.set(queue);
        submit(queue, 10);
        executor.runAll();
        return refusals;
    }

    /**
     * Whose images have taken 100 ms each, in batches of up to 4.
     *
     * @param beforeBatch is run before each batch
     */
    private BatchQueue slowQueue(Engine behind, int parallel, Duration maxWait, Runnable beforeBatch) {
        AtomicLong nanos = new AtomicLong();
        BatchQueue queue =
                new BatchQueue(behind, executor::add, new BatchLimits(64, 4, parallel, maxWait), nanos::get, size -> {
                    beforeBatch.run();
                    nanos.addAndGet(Duration.ofMillis(100L * size).toNanos());
                });
        for (int batch = 0; batch < 4; batch++) {
            submit(queue, 1);
            executor.runAll();
        }
        return queue;
    }

    /** Why the queue would refuse a request now; empty if it wouldn't. */
    private static String refusal(BatchQueue queue) {
        try {
            queue.requireRoom();
            return "";
        } catch (RefusedException e) {
            return e.getMessage();
        }
    }

    private BatchQueue queue(Engine behind, int maxWaiting) {
        return new BatchQueue(
                behind,
                executor::add,
                new BatchLimits(maxWaiting, 4, 1, Duration.ofHours(1)),
                System::nanoTime,
                size -> {});
    }

    @Test
    void anErrorFailsTheRequestsOfItsBatchAndIsForTheSupervisor() {
        Engine dying = new BreakableEngine(engine, new AtomicReference<>(new OutOfMemoryError("Java heap space")));
        BatchQueue queue = queue(dying, 8);
        CompletableFuture<BatchOutcome> answer = submit(queue, 1);
        assertThatThrownBy(executor::runAll).isInstanceOf(OutOfMemoryError.class);
        assertThatThrownBy(answer::join).hasCauseInstanceOf(OutOfMemoryError.class);

        CompletableFuture<BatchOutcome> next = submit(queue, 1);
        assertThatThrownBy(executor::runAll).isInstanceOf(OutOfMemoryError.class);
        assertThat(next)
                .as("a drain that ended so doesn't count as one that runs")
                .isCompletedExceptionally();
    }

    private static CompletableFuture<BatchOutcome> submit(BatchQueue queue, int count) {
        return queue.submit(new float[count * VALUES], count, true, () -> false);
    }

    /** Runs tasks when the test says so. */
    private static final class StepExecutor {
        private final Queue<Runnable> tasks = new ArrayDeque<>();

        void add(Runnable task) {
            tasks.add(task);
        }

        void runAll() {
            for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                task.run();
            }
        }
    }

    private record BreakableEngine(FakeEngine engine, AtomicReference<@Nullable Throwable> failure) implements Engine {
        @Override
        public EngineKind kind() {
            return engine.kind();
        }

        @Override
        public Signature signature() {
            return engine.signature();
        }

        @Override
        public float[] run(float[] images, int count) {
            switch (failure.get()) {
                case RuntimeException exception -> throw exception;
                case Error error -> throw error;
                case null, default -> {
                    return engine.run(images, count);
                }
            }
        }

        @Override
        public void close() {
            engine.close();
        }
    }
}
