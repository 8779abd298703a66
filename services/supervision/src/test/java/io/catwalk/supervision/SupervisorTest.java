package io.catwalk.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SupervisorTest {
    private final List<Throwable> errors = new CopyOnWriteArrayList<>();
    private final Supervisor supervisor = new Supervisor(Duration.ofMillis(1), errors::add);
    private final AtomicInteger starts = new AtomicInteger();

    @Test
    void aTaskThatFailsIsStartedAgain() throws Exception {
        Thread thread = supervisor.start("t", () -> {
            if (starts.incrementAndGet() < 4) {
                throw new IllegalStateException("failed");
            }
        });

        thread.join();
        assertThat(starts).hasValue(4);
        assertThat(errors).isEmpty();
    }

    @Test
    void anErrorEndsTheProcess() throws Exception {
        OutOfMemoryError error = new OutOfMemoryError("Java heap space");

        supervisor
                .start("t", () -> {
                    starts.incrementAndGet();
                    throw error;
                })
                .join();

        assertThat(errors).containsExactly(error);
        assertThat(starts).hasValue(1);
    }

    @Test
    void anInterruptEndsTheThread() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Thread thread = supervisor.start("t", () -> {
            begun.countDown();
            new CountDownLatch(1).await();
        });
        begun.await();

        thread.interrupt();

        thread.join();
        assertThat(errors).isEmpty();
    }

    @Test
    void anInterruptEndsATaskThatKeepsFailing() {
        Thread thread = supervisor.start("t", () -> {
            starts.incrementAndGet();
            throw new IllegalStateException("failed");
        });
        await().until(() -> starts.get() > 2);

        thread.interrupt();

        await().until(() -> !thread.isAlive());
    }

    @Test
    void theProcessEndsWithTheStatedStatus() throws Exception {
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();

        assertThat(process.waitFor()).isEqualTo(Supervisor.EXIT_STATUS);
    }

    /** A process whose only supervised thread meets an error. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] args) throws InterruptedException {
            Supervisor.ofProcess()
                    .start("victim", () -> {
                        throw new StackOverflowError("deep");
                    })
                    .join();
        }
    }
}
