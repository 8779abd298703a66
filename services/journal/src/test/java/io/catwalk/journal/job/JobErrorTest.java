package io.catwalk.journal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

import com.fasterxml.jackson.databind.node.TextNode;
import io.catwalk.journal.Asker;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.FlakyStore;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.supervision.Supervisor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An error on any of a job's threads is the process's end, not the job's. */
@Timeout(60)
class JobErrorTest {
    private static final Duration FAST = Duration.ofMillis(1);

    @TempDir
    Path folder;

    private final Fleet fleet = new Fleet();

    @AfterEach
    void stop() throws InterruptedException {
        fleet.stop();
    }

    @Tag("fault-37")
    @Test
    void aJobWhoseWorkerRunsOutOfMemoryIsTakenByAnotherReplica() throws Exception {
        Name id = fleet.accept("r1");
        FlakyStore dying = new FlakyStore(fleet.store, 1, 0);
        new JobRunner(
                        new Jobs(dying.view(), JobKind.RUN, "a", Fleet.SETTINGS.retry()),
                        new Failing(new OutOfMemoryError("Java heap space")),
                        fleet.topic,
                        Fleet.SETTINGS,
                        JobObserver.NONE,
                        FailureText.OPAQUE,
                        new Supervisor(FAST, error -> {
                            dying.dieAfter(0);
                            fleet.errors.add(error);
                        }),
                        () -> {})
                .start();
        await().until(() -> !fleet.errors.isEmpty());
        assertThat(fleet.errors.getFirst()).isInstanceOf(OutOfMemoryError.class);
        assertThat(fleet.kinds(id)).containsExactly(EntryKind.ACCEPTED, EntryKind.CLAIMED);

        fleet.start("b", new CountingHandler(1, FAST));
        assertThat(fleet.awaitClosed(id)).isEqualTo(JobResult.succeeded());
    }

    @Test
    void aDefectThatEveryAttemptFindsFailsTheJob() throws Exception {
        Name id = fleet.accept("r1");
        fleet.start("a", new Failing(new AssertionError("can't be")));

        assertThat(fleet.awaitClosed(id))
                .isEqualTo(new JobResult(
                        JobResult.Outcome.FAILED,
                        "given back 4 times in a row without progress, the last time because: failure 4"));
        assertThat(fleet.failures).hasSize(4).allMatch(failure -> failure instanceof AssertionError);
        assertThat(fleet.entries(id)).doesNotContain("can't be");
        assertThat(fleet.errors).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"work", "readiness", "publish"})
    void theProcessEndsWithTheSupervisorsStatus(String where) throws Exception {
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        where)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        assertThat(process.waitFor()).as(Files.readString(output)).isEqualTo(Supervisor.EXIT_STATUS);
    }

    /** Throws one error at one place. */
    private static final class Failing extends CountingHandler {
        private final Error error;

        Failing(Error error) {
            super(1, FAST);
            this.error = error;
        }

        @Override
        public Conclusion work(Lease lease) {
            throw error;
        }
    }

    /** A process with one job, which meets an error where its argument says. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] arguments) throws InterruptedException {
            String where = arguments[0];
            Jobs jobs =
                    new Jobs(new InMemoryObjectStore(InstantSource.system()), JobKind.RUN, "v", Fleet.SETTINGS.retry());
            jobs.accept(new Name("r1"), TextNode.valueOf("request"), "digest", Asker.within("a test"));
            CountingHandler handler = new CountingHandler(1, FAST) {
                @Override
                public Readiness readiness(Job job) {
                    meet("readiness", where);
                    return super.readiness(job);
                }

                @Override
                public Conclusion work(Lease lease)
                        throws LeaseEndedException, JobFailedException, InterruptedException {
                    meet("work", where);
                    return super.work(lease);
                }
            };
            Topic topic = new Topic(1);
            JobRunner runner = new JobRunner(
                    jobs,
                    handler,
                    (id, event) -> {
                        meet("publish", where);
                        return topic.publish(id, event);
                    },
                    Fleet.SETTINGS,
                    () -> {});
            runner.start();
            Thread.currentThread().join();
        }

        private static void meet(String here, String where) {
            if (here.equals(where)) {
                throw new NoClassDefFoundError("org/example/Missing");
            }
        }
    }
}
