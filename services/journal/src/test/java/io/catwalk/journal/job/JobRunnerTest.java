package io.catwalk.journal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.catwalk.journal.Asker;
import io.catwalk.journal.Draft;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.FlakyStore;
import io.catwalk.journal.Journal;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class JobRunnerTest extends OneJobTestCase {
    private static final Duration FOREVER = Duration.ofHours(1);

    @Test
    void aRedeliveryIsTheSameJobAndAnotherRequestAConflict() throws Exception {
        assertThat(accept()).isEqualTo(Acceptance.ACCEPTED);
        assertThat(accept()).isEqualTo(Acceptance.REPEATED);
        assertThat(client.accept(ID, TextNode.valueOf("other"), "other digest", Asker.within("a test")))
                .isEqualTo(Acceptance.CONFLICT);

        start("a", new CountingHandler(2, FAST));
        awaitClosed();

        assertThat(accept()).isEqualTo(Acceptance.REPEATED);
        assertThat(client.open()).isEmpty();
        assertThat(result()).isEqualTo(JobResult.succeeded());
    }

    @Test
    void aRedeliveryPutsAMarkerThatACrashLeftOut() throws Exception {
        accept();
        store.delete(Artifacts.open(JobKind.RUN).key(ID.value()));

        accept();

        assertThat(client.open()).containsExactly(ID);
    }

    /** As stores that write objects by way of other files show them in listings. */
    @Test
    void aForeignObjectAmongTheMarkersHoldsUpNothing() throws Exception {
        store.put(Artifacts.open(JobKind.RUN).key("A"), new byte[0]);
        store.put(Artifacts.open(JobKind.RUN).key(".r1.tmp"), new byte[0]);
        start("a", new CountingHandler(2, FAST));
        accept();
        awaitClosed();

        assertThat(result()).isEqualTo(JobResult.succeeded());
    }

    @Test
    void aStoppedReplicaGivesItsJobBackAndAnotherGoesOnAtOnce() throws Exception {
        accept();
        JobRunner first = start("a", new CountingHandler(50, Duration.ofMillis(20)));
        await().until(() -> client.find(ID).orElseThrow().fold().state().asInt() >= 2);

        first.stop();
        assertThat(client.find(ID).orElseThrow().newest().entry().kind()).isEqualTo(EntryKind.RELEASED);
        start("b", new CountingHandler(6, FAST));
        awaitClosed();

        assertThat(client.find(ID).orElseThrow().fold().attempts()).isEqualTo(2);
        assertThat(client.find(ID).orElseThrow().fold().lost()).isZero();
    }

    @Test
    void aCancelStopsTheHolder() throws Exception {
        accept();
        start("a", new CountingHandler(10_000, Duration.ofMillis(5)));
        await().until(() -> client.find(ID).orElseThrow().fold().state().asInt() >= 2);

        assertThat(client.cancel(ID, "no longer needed", Asker.within("a test")))
                .isEqualTo(Cancellation.ACCEPTED);
        awaitClosed();

        assertThat(result()).isEqualTo(new JobResult(JobResult.Outcome.CANCELLED, "no longer needed"));
        assertThat(client.cancel(ID, "again", Asker.within("a test"))).isEqualTo(Cancellation.TOO_LATE);
        assertThat(kinds()).containsOnlyOnce(EntryKind.RESULT);
    }

    @Test
    void aCancelBeforeItsRequestIsNoJobUntilThatComesAndEndsItThen() throws Exception {
        assertThat(client.cancel(ID, "changed my mind", Asker.within("a test"))).isEqualTo(Cancellation.ACCEPTED);
        assertThat(client.cancel(ID, "again", Asker.within("a test"))).isEqualTo(Cancellation.ACCEPTED);
        assertThat(client.open()).isEmpty();
        assertThat(client.find(ID).orElseThrow().isOnlyCancelled()).isTrue();

        assertThat(accept()).isEqualTo(Acceptance.ACCEPTED);
        assertThat(accept()).isEqualTo(Acceptance.REPEATED);
        assertThat(client.open()).containsExactly(ID);
        start("a", new CountingHandler(3, FAST));
        awaitClosed();

        assertThat(result()).isEqualTo(new JobResult(JobResult.Outcome.CANCELLED, "changed my mind"));
        assertThat(kinds())
                .containsExactly(
                        EntryKind.CANCELLED, EntryKind.ACCEPTED, EntryKind.CLAIMED, EntryKind.RESULT, EntryKind.CLOSED);
        assertThat(client.find(ID).orElseThrow().fold().request()).isPresent();
    }

    /** A release before made a job of a cancel at once. */
    @Test
    void aCancelThatAnEarlierReleaseMadeAJobIsEnded() throws Exception {
        client.cancel(ID, "changed my mind", Asker.within("a test"));
        store.put(Artifacts.open(JobKind.RUN).key(ID.value()), new byte[0]);

        start("a", new CountingHandler(3, FAST));
        awaitClosed();

        assertThat(result().outcome()).isEqualTo(JobResult.Outcome.CANCELLED);
        assertThat(accept()).isEqualTo(Acceptance.REPEATED);
        assertThat(client.open()).isEmpty();
    }

    @Test
    void aDeadlineEndsAJobThatWorksAndOneThatWaits() throws Exception {
        accept();
        start("a", new CountingHandler(10_000, Duration.ofMillis(5)) {
            @Override
            public Optional<Duration> deadline(Job job) {
                return Optional.of(Duration.ofMinutes(10));
            }
        });
        await().until(() -> client.find(ID).orElseThrow().fold().state().asInt() >= 2);

        now.set(now.get().plus(Duration.ofMinutes(11)));
        awaitClosed();

        assertThat(result().reason()).isEqualTo("not ended within PT10M of its acceptance");
    }

    @Test
    void aJobWaitsForWhatItNeedsWithoutASlot() throws Exception {
        AtomicReference<Readiness> readiness = new AtomicReference<>(new Readiness.Waiting("no dataset"));
        accept();
        start("a", new CountingHandler(1, FAST) {
            @Override
            public Readiness readiness(Job job) {
                return job.id().equals(ID) ? readiness.get() : super.readiness(job);
            }
        });
        Name other = new Name("r2");
        client.accept(other, TextNode.valueOf("request"), "digest", Asker.within("a test"));
        await().until(() -> client.find(other).orElseThrow().closed());
        assertThat(kinds()).containsExactly(EntryKind.ACCEPTED);

        readiness.set(new Readiness.Unmeetable("the dataset was rejected"));
        awaitClosed();

        assertThat(result()).isEqualTo(new JobResult(JobResult.Outcome.FAILED, "the dataset was rejected"));
    }

    @Tag("fault-31")
    @Test
    void aJobThatLosesEveryHolderFails() throws Exception {
        accept();
        for (int replica = 0; replica < 4; replica++) {
            int attempt = replica + 1;
            FlakyStore mortal = new FlakyStore(store, replica, 0);
            start("mortal " + replica, mortal.view(), new CountingHandler(1, FOREVER));
            await().until(() -> client.find(ID).orElseThrow().fold().attempts() == attempt);
            mortal.pause();
        }

        start("last", new CountingHandler(1, FOREVER));
        awaitClosed();

        assertThat(result())
                .isEqualTo(
                        new JobResult(JobResult.Outcome.FAILED, "3 takeovers by lost heartbeat brought no progress"));
    }

    @Tag("fault-32")
    @Test
    void workThatHangsEndsItsProcess() throws Exception {
        accept();
        CountDownLatch exited = new CountDownLatch(1);
        JobSettings impatient = new JobSettings(1, Duration.ofMillis(20), 6, 3, Duration.ofMillis(100));
        Jobs jobs = new Jobs(store, JobKind.RUN, "a", impatient.retry());
        new JobRunner(jobs, new CountingHandler(1, FOREVER), topic, impatient, exited::countDown).start();

        exited.await();

        assertThat(kinds()).containsExactly(EntryKind.ACCEPTED, EntryKind.CLAIMED);
    }

    @Test
    void aDefectInTheWorkIsTriedAgain() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        accept();
        start("a", new CountingHandler(1, FAST) {
            @Override
            public Conclusion work(Lease lease) throws LeaseEndedException, JobFailedException, InterruptedException {
                if (attempts.incrementAndGet() < 3) {
                    throw new IllegalStateException("out of luck");
                }
                return super.work(lease);
            }
        });
        awaitClosed();

        assertThat(result()).isEqualTo(JobResult.succeeded());
        assertThat(attempts).hasValue(3);
    }

    @Test
    void aJournalOfALaterReleaseIsLeftAlone() throws Exception {
        accept();
        Journal journal = new Journal(store, Artifacts.journal(JobKind.RUN, ID), "later", SETTINGS.retry());
        journal.append(1, new Draft(EntryKind.PROGRESS, 0, Optional.empty(), IntNode.valueOf(1)));
        Name other = new Name("r2");
        client.accept(other, TextNode.valueOf("request"), "digest", Asker.within("a test"));

        start("a", new CountingHandler(1, FAST));
        await().until(() -> client.find(other).orElseThrow().closed());

        assertThat(kinds()).containsExactly(EntryKind.ACCEPTED, EntryKind.PROGRESS);
    }
}
