package io.catwalk.serving.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.catwalk.supervision.Supervisor;
import org.junit.jupiter.api.Test;

class DispatchersTest {
    private final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private final Supervisor supervisor = new Supervisor(Duration.ofMillis(1), errors::add);

    @Test
    void finishWaitingTasksOnClose() throws InterruptedException {
        AtomicInteger ran = new AtomicInteger();
        CountDownLatch started = new CountDownLatch(1);
        Dispatchers dispatchers = new Dispatchers(2, supervisor);
        dispatchers.execute(() -> {
            started.countDown();
            countDown(dispatchers, ran, 100);
        });
        started.await();
        dispatchers.close();

        assertThat(ran).hasValue(100);
        assertThat(errors).isEmpty();
    }

    @Test
    void anExceptionEndsNoThread() {
        AtomicInteger ran = new AtomicInteger();
        try (Dispatchers dispatchers = new Dispatchers(1, supervisor)) {
            dispatchers.execute(() -> {
                throw new IllegalStateException("a defect");
            });
            dispatchers.execute(ran::incrementAndGet);
            await().untilAtomic(ran, is(1));
        }
        assertThat(errors).isEmpty();
    }

    @Test
    void anErrorIsForTheSupervisor() {
        Dispatchers dispatchers = new Dispatchers(1, supervisor);
        dispatchers.execute(() -> {
            throw new OutOfMemoryError("Java heap space");
        });

        await().untilAsserted(() ->
                assertThat(errors).hasOnlyElementsOfType(OutOfMemoryError.class).hasSize(1));
    }

    @Test
    void theCallerRunsATaskWhileASlotIsFree() throws InterruptedException {
        try (Dispatchers dispatchers = new Dispatchers(1, supervisor)) {
            AtomicReference<Thread> ranOn = new AtomicReference<>();
            assertThat(dispatchers.tryRun(() -> ranOn.set(Thread.currentThread())))
                    .isTrue();
            assertThat(ranOn).hasValue(Thread.currentThread());

            CountDownLatch started = new CountDownLatch(1);
            CountDownLatch end = new CountDownLatch(1);
            dispatchers.execute(() -> {
                started.countDown();
                awaitLatch(end);
            });
            started.await();
            assertThat(dispatchers.tryRun(() -> ranOn.set(null))).isFalse();
            assertThat(ranOn).hasValue(Thread.currentThread());
            end.countDown();
            await().until(() -> dispatchers.tryRun(() -> {}));
        }
    }

    @Test
    void aTaskWaitsForTheCallersThatRunOthers() {
        AtomicInteger ran = new AtomicInteger();
        try (Dispatchers dispatchers = new Dispatchers(1, supervisor)) {
            assertThat(dispatchers.tryRun(() -> {
                        dispatchers.execute(ran::incrementAndGet);
                        await().during(Duration.ofMillis(100)).untilAtomic(ran, is(0));
                    }))
                    .isTrue();
            await().untilAtomic(ran, is(1));
        }
    }

    @Test
    void anErrorOnTheCallersThreadIsForTheSupervisorToo() {
        Dispatchers dispatchers = new Dispatchers(1, supervisor);
        assertThat(dispatchers.tryRun(() -> {
                    throw new OutOfMemoryError("Java heap space");
                }))
                .isTrue();
        await().untilAsserted(() ->
                assertThat(errors).hasOnlyElementsOfType(OutOfMemoryError.class).hasSize(1));
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void countDown(Dispatchers dispatchers, AtomicInteger ran, int left) {
        ran.incrementAndGet();
        if (left > 1) {
            dispatchers.execute(() -> countDown(dispatchers, ran, left - 1));
        }
    }
}
