package io.catwalk.journal.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.catwalk.journal.Asker;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.Event;
import io.catwalk.journal.EventSink;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.StoreRefusedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs with which something is wrong: each backs off by itself, and all others go on. */
@Timeout(60)
class JobFailureTest {
    private static final Duration FAST = Duration.ofMillis(1);

    private final Fleet fleet = new Fleet();

    @AfterEach
    void stop() throws InterruptedException {
        fleet.stop();
    }

    @Test
    void aJobWhoseReadsFailHoldsUpNoYoungerOne() throws Exception {
        Name bad = fleet.accept("bad");
        fleet.faulty.away((method, path) -> path.startsWith("runs/bad/"));
        fleet.start("a", new CountingHandler(1, FAST));
        Name good = fleet.accept("good");

        assertThat(fleet.awaitClosed(good)).isEqualTo(JobResult.succeeded());
        assertThat(fleet.kinds(bad)).containsExactly(EntryKind.ACCEPTED);
        await().until(() -> fleet.polls.unreadable == 1);

        fleet.faulty.mend();
        assertThat(fleet.awaitClosed(bad)).isEqualTo(JobResult.succeeded());
        await().until(() -> fleet.polls.unreadable == 0);
    }

    @Tag("fault-39")
    @Test
    void manyJobsWhoseReadsAreRefusedHoldUpNoYoungerOne() throws Exception {
        for (int job = 0; job < 10; job++) {
            fleet.accept("bad" + job);
        }
        fleet.faulty.refuse((method, path) -> path.startsWith("runs/bad"));
        Name good = fleet.accept("good");
        fleet.start("a", new CountingHandler(1, FAST));

        assertThat(fleet.awaitClosed(good)).isEqualTo(JobResult.succeeded());
        await().until(() -> fleet.polls.unreadable == 10);
    }

    @Tag("fault-38")
    @Test
    void journalsThatCannotBeReadHoldUpNoOther() throws Exception {
        damaged("garbage", "not json".getBytes(UTF_8));
        damaged("newer", "{\"schema\":2}".getBytes(UTF_8));
        damaged("large", new byte[(4 << 20) + 1]);
        Name good = fleet.accept("good");
        fleet.start("a", new CountingHandler(1, FAST));

        assertThat(fleet.awaitClosed(good)).isEqualTo(JobResult.succeeded());
        await().until(() -> fleet.polls.unreadable == 3);
        assertThat(fleet.client.open()).hasSize(3);
    }

    /** The claim is undecided: it may neither delay other jobs, nor keep the slot. */
    @Test
    void aClaimWithoutAnAnswerHoldsUpNoOther() throws Exception {
        Name bad = fleet.accept("bad");
        fleet.faulty.away((method, path) -> method.equals("createIfAbsent") && path.startsWith("runs/bad/"));
        fleet.start("a", new CountingHandler(1, FAST));
        Name good = fleet.accept("good");

        assertThat(fleet.awaitClosed(good)).isEqualTo(JobResult.succeeded());

        fleet.faulty.mend();
        assertThat(fleet.awaitClosed(bad)).isEqualTo(JobResult.succeeded());
    }

    @Test
    void aStoreThatIsAwayIsNotHammered() throws Exception {
        for (int job = 0; job < 50; job++) {
            fleet.accept("r" + job);
        }
        fleet.faulty.away((method, path) -> path.startsWith("runs/"));
        fleet.start("a", new CountingHandler(1, FAST));
        await().until(() -> fleet.faulty.calls("list") >= 20);

        // No more than three jobs a poll, each read once.
        assertThat(fleet.faulty.calls("exists")).isLessThanOrEqualTo(3 * fleet.faulty.calls("list"));
    }

    @Test
    void aJobThatKeepsFailingBacksOffForAllReplicasAndFails() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        List<Long> begun = new CopyOnWriteArrayList<>();
        Name id = fleet.accept("r1");
        CountingHandler handler = new CountingHandler(1, FAST) {
            @Override
            public Conclusion work(Lease lease) {
                attempts.incrementAndGet();
                begun.add(System.nanoTime());
                throw new StoreRefusedException("no permission for checkpoints");
            }
        };
        fleet.start("a", handler);
        fleet.start("b", handler);

        assertThat(fleet.awaitClosed(id))
                .isEqualTo(new JobResult(
                        JobResult.Outcome.FAILED,
                        "given back 4 times in a row without progress, the last time because: failure 4"));
        assertThat(fleet.failures).hasSize(4).allMatch(failure -> failure instanceof StoreRefusedException);
        assertThat(fleet.entries(id)).contains("failure 3").doesNotContain("no permission for checkpoints");
        assertThat(attempts).hasValue(4);
        for (int attempt = 1; attempt < begun.size(); attempt++) {
            Duration waited = Duration.ofNanos(begun.get(attempt) - begun.get(attempt - 1));
            assertThat(waited).isGreaterThanOrEqualTo(Fleet.SETTINGS.poll().multipliedBy(1L << (attempt - 1)));
        }
        assertThat(fleet.job(id).fold().lost()).isZero();
    }

    @Test
    void progressForgivesFailures() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        Name id = fleet.accept("r1");
        fleet.start("a", new CountingHandler(6, FAST) {
            @Override
            public Conclusion work(Lease lease) throws LeaseEndedException, JobFailedException, InterruptedException {
                int next = lease.job().state(Integer.class) + 1;
                if (attempts.incrementAndGet() % 2 == 1) {
                    throw new StoreRefusedException("not now");
                }
                lease.record(next, event("epoch-completed", "step " + next));
                if (next < 6) {
                    throw new StoreRefusedException("not now");
                }
                return super.work(lease);
            }
        });

        assertThat(fleet.awaitClosed(id)).isEqualTo(JobResult.succeeded());
        assertThat(attempts).hasValueGreaterThan(2 * Fleet.SETTINGS.maxFailures());
    }

    @Test
    void aCancelNeedNotWaitForTheNextAttempt() throws Exception {
        Name id = fleet.accept("r1");
        fleet.start("a", new CountingHandler(1, FAST) {
            @Override
            public Conclusion work(Lease lease) {
                throw new StoreRefusedException("not now");
            }
        });
        await().until(() -> fleet.job(id).fold().failures().isPresent());
        fleet.client.cancel(id, "not needed", Asker.within("a test"));

        assertThat(fleet.awaitClosed(id).outcome()).isEqualTo(JobResult.Outcome.CANCELLED);
    }

    @Test
    void aJobThatCannotBeEndedBacksOff() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        Name id = fleet.accept("r1");
        fleet.client.cancel(id, "not needed", Asker.within("a test"));
        fleet.start("a", new CountingHandler(1, FAST) {
            @Override
            public Conclusion conclude(Lease lease, Termination ending) throws InterruptedException {
                if (attempts.incrementAndGet() < 4) {
                    throw new StoreRefusedException("not now");
                }
                return super.conclude(lease, ending);
            }
        });

        assertThat(fleet.awaitClosed(id).outcome()).isEqualTo(JobResult.Outcome.CANCELLED);
        assertThat(fleet.kinds(id)).filteredOn(EntryKind.RELEASED::equals).hasSize(3);
    }

    /** After a rollback: an older release finds a job with an event that only the newer one knows. */
    @Test
    void aJobWithAnEventOfANewerReleaseIsLeftToThat() throws Exception {
        fleet.topic.goAway(true);
        Name id = fleet.accept("r1");
        JobRunner newer = fleet.start("newer", new CountingHandler(1, FAST));
        await().until(() -> fleet.job(id).fold().result().isPresent());
        newer.stop();
        int entries = fleet.kinds(id).size();
        fleet.topic.goAway(false);

        fleet.start("older", new CountingHandler(1, FAST), new OlderSink());
        await().until(() -> fleet.polls.unreadable == 1);
        assertThat(fleet.kinds(id)).hasSize(entries);

        fleet.start("newer again", new CountingHandler(1, FAST));
        assertThat(fleet.awaitClosed(id)).isEqualTo(JobResult.succeeded());
        assertThat(fleet.topic.ids()).contains("runs/r1/journal/2", "runs/r1/journal/4");
    }

    /** Where a release finds out only in publishing that it can't: it gives the job back, and stops its heartbeat. */
    @Test
    void aJobWithAnUnknownEventIsGivenBack() throws Exception {
        Name id = fleet.accept("r1");
        fleet.start("older", new CountingHandler(1, FAST), (eventId, event) -> {
            throw new UnknownEntryException("this release knows no event " + event.type());
        });
        await().until(() ->
                fleet.polls.unreadable == 1 && fleet.job(id).newest().entry().kind() == EntryKind.RELEASED);

        fleet.start("newer", new CountingHandler(1, FAST));
        assertThat(fleet.awaitClosed(id)).isEqualTo(JobResult.succeeded());
    }

    @Test
    void aSinkThatBreaksDownLosesNoEvent() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        Name id = fleet.accept("r1");
        fleet.start("a", new CountingHandler(2, FAST), (eventId, event) -> {
            if (calls.incrementAndGet() % 2 == 1) {
                throw new IllegalArgumentException("a defect");
            }
            return fleet.topic.publish(eventId, event);
        });

        fleet.awaitClosed(id);
        assertThat(fleet.topic.ids())
                .containsExactly("runs/r1/journal/2", "runs/r1/journal/3", "runs/r1/journal/4", "runs/r1/journal/5");
    }

    private void damaged(String id, byte[] entry) throws InterruptedException {
        Name name = fleet.accept(id);
        fleet.store.put(Artifacts.journal(JobKind.RUN, name).key("00000001.json"), entry);
    }

    /** Of a release that doesn't know the event of a run's end. */
    private final class OlderSink implements EventSink {
        @Override
        public CompletionStage<?> publish(String id, Event event) {
            if (!knows(event)) {
                throw new UnknownEntryException("this release knows no event " + event.type());
            }
            return fleet.topic.publish(id, event);
        }

        @Override
        public boolean knows(Event event) {
            return !event.type().equals("training-completed");
        }
    }
}
