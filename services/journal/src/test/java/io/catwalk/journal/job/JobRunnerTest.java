package io.catwalk.journal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.catwalk.journal.Draft;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.FlakyStore;
import io.catwalk.journal.Journal;
import io.catwalk.journal.Numbered;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.InMemoryObjectStore;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobRunnerTest {
    private static final Name ID = new Name("r1");
    private static final Duration FAST = Duration.ofMillis(1);
    private static final Duration FOREVER = Duration.ofHours(1);
    private static final JobSettings SETTINGS = new JobSettings(1, Duration.ofMillis(20), 6, 3, Duration.ofMinutes(5));

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T00:00:00Z"));
    private final ObjectStore store = new InMemoryObjectStore(now::get);
    private final Jobs client = new Jobs(store, JobKind.RUN, "client", SETTINGS.retry());
    private final Topic topic = new Topic(1);
    private final List<JobRunner> runners = new ArrayList<>();

    @AfterEach
    void stopRunners() throws InterruptedException {
        for (JobRunner runner : runners) {
            runner.stop();
        }
    }

    @Test
    void aRedeliveryIsTheSameJobAndAnotherRequestAConflict() throws Exception {
        assertThat(accept()).isEqualTo(Acceptance.ACCEPTED);
        assertThat(accept()).isEqualTo(Acceptance.REPEATED);
        assertThat(client.accept(ID, TextNode.valueOf("other"), "other digest")).isEqualTo(Acceptance.CONFLICT);

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

        assertThat(client.cancel(ID, "no longer needed")).isEqualTo(Cancellation.ACCEPTED);
        awaitClosed();

        assertThat(result()).isEqualTo(new JobResult(JobResult.Outcome.CANCELLED, "no longer needed"));
        assertThat(client.cancel(ID, "again")).isEqualTo(Cancellation.TOO_LATE);
        assertThat(kinds()).containsOnlyOnce(EntryKind.RESULT);
    }

    @Test
    void aCancelBeforeItsRequestIsNoJobUntilThatComesAndEndsItThen() throws Exception {
        assertThat(client.cancel(ID, "changed my mind")).isEqualTo(Cancellation.ACCEPTED);
        assertThat(client.cancel(ID, "again")).isEqualTo(Cancellation.ACCEPTED);
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
        client.cancel(ID, "changed my mind");
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
        client.accept(other, TextNode.valueOf("request"), "digest");
        await().until(() -> client.find(other).orElseThrow().closed());
        assertThat(kinds()).containsExactly(EntryKind.ACCEPTED);

        readiness.set(new Readiness.Unmeetable("the dataset was rejected"));
        awaitClosed();

        assertThat(result()).isEqualTo(new JobResult(JobResult.Outcome.FAILED, "the dataset was rejected"));
    }

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
        client.accept(other, TextNode.valueOf("request"), "digest");

        start("a", new CountingHandler(1, FAST));
        await().until(() -> client.find(other).orElseThrow().closed());

        assertThat(kinds()).containsExactly(EntryKind.ACCEPTED, EntryKind.PROGRESS);
    }

    @Test
    void aBrokerThatIsAwayDelaysTellingAndNotTheWork() throws Exception {
        topic.goAway(true);
        accept();
        start("a", new CountingHandler(3, FAST));
        await().until(() -> client.find(ID).orElseThrow().fold().result().isPresent());
        assertThat(topic.ids()).isEmpty();
        Name other = new Name("r2");
        client.accept(other, TextNode.valueOf("request"), "digest");
        await().until(() -> client.find(other).orElseThrow().fold().result().isPresent());

        topic.goAway(false);
        awaitClosed();

        assertThat(topic.ids().stream().filter(id -> id.startsWith("runs/r1/")))
                .containsExactly(
                        "runs/r1/journal/2",
                        "runs/r1/journal/3",
                        "runs/r1/journal/4",
                        "runs/r1/journal/5",
                        "runs/r1/journal/6");
    }

    @Test
    void tellingALinesEntryNeitherStallsNorHoldsUpTheEnd() throws Exception {
        CountDownLatch stalled = new CountDownLatch(1);
        topic.goAway(true);
        accept();
        JobRunner first = start("a", Duration.ofMillis(60), new DecisionPublisher(), stalled::countDown);
        await().until(() -> client.find(ID).orElseThrow().fold().holder().isPresent());
        assertThat(stalled.await(300, TimeUnit.MILLISECONDS)).isFalse();

        first.stop();
        assertThat(kinds()).containsExactly(EntryKind.ACCEPTED, EntryKind.CLAIMED);
        topic.goAway(false);
        start("b", Duration.ofMinutes(5), new DecisionPublisher(), () -> {});
        awaitClosed();

        assertThat(topic.ids()).contains("datasets/d/journal/1");
    }

    @Test
    void aJobThatEndsWithoutWorkTellsItsLinesEntryToo() throws Exception {
        accept();
        client.cancel(ID, "changed my mind");

        start("a", new DecisionPublisher());
        awaitClosed();

        assertThat(topic.ids()).startsWith("datasets/d/journal/1");
        assertThat(result().outcome()).isEqualTo(JobResult.Outcome.CANCELLED);
    }

    @Test
    void tellsAnotherJournalsEventInItsOwnOrder() throws Exception {
        accept();

        start("a", new CountingHandler(1, FAST) {
            @Override
            public Conclusion work(Lease lease) throws LeaseEndedException, JobFailedException, InterruptedException {
                Conclusion counted = super.work(lease);
                return new Conclusion(
                        counted.result(),
                        counted.state(),
                        counted.event().map(event -> event.decidedBy("datasets/d/journal/1")));
            }
        });
        awaitClosed();

        assertThat(topic.ids()).containsExactly("runs/r1/journal/2", "runs/r1/journal/3", "datasets/d/journal/1");
    }

    @Test
    void theReplicaThatConcludesAJobCallsItsObserver() throws Exception {
        KeptSight seen = new KeptSight();
        topic.goAway(true);
        client.accept(new Name("cancelled"), TextNode.valueOf("request"), "digest");
        client.cancel(new Name("cancelled"), "no longer needed");
        accept();
        Jobs jobs = new Jobs(store, JobKind.RUN, "a", SETTINGS.retry());
        JobRunner runner = new JobRunner(jobs, new CountingHandler(2, FAST), topic, SETTINGS, seen, () -> {});
        runners.add(runner);
        runner.start();

        await().until(() -> seen.concluded.size() == 2);
        assertThat(seen.open).contains(2);
        assertThat(runner.claimed()).hasSize(2);
        topic.goAway(false);
        await().untilAsserted(() -> assertThat(seen.open).endsWith(0));
        assertThat(runner.claimed()).isEmpty();
        assertThat(seen.concluded).containsExactlyInAnyOrder(JobResult.Outcome.SUCCEEDED, JobResult.Outcome.CANCELLED);
    }

    @Test
    void aReplicaThatOnlyPublishesAResultHasNotConcludedTheJob() throws Exception {
        topic.goAway(true);
        accept();
        JobRunner first = start("a", new CountingHandler(1, FAST));
        await().until(() -> client.find(ID).orElseThrow().fold().result().isPresent());
        first.stop();
        topic.goAway(false);

        KeptSight seen = new KeptSight();
        Jobs jobs = new Jobs(store, JobKind.RUN, "b", SETTINGS.retry());
        JobRunner second = new JobRunner(jobs, new CountingHandler(1, FAST), topic, SETTINGS, seen, () -> {});
        runners.add(second);
        second.start();
        awaitClosed();

        assertThat(seen.concluded).isEmpty();
    }

    private static final class KeptSight implements JobObserver {
        private final List<Integer> open = new CopyOnWriteArrayList<>();
        private final List<JobResult.Outcome> concluded = new CopyOnWriteArrayList<>();

        @Override
        public void polled(int jobs, int unreadable) {
            open.add(jobs);
        }

        @Override
        public void concluded(JobResult.Outcome outcome) {
            concluded.add(outcome);
        }
    }

    private static final class DecisionPublisher extends CountingHandler {
        DecisionPublisher() {
            super(1, FAST);
        }

        @Override
        public Conclusion work(Lease lease) throws LeaseEndedException, JobFailedException, InterruptedException {
            lease.publish(
                    "datasets/d/journal/1", event("dataset-ready", "ready").orElseThrow());
            return super.work(lease);
        }

        @Override
        public Conclusion conclude(Lease lease, Termination ending) throws InterruptedException {
            lease.publish(
                    "datasets/d/journal/1", event("dataset-ready", "ready").orElseThrow());
            return super.conclude(lease, ending);
        }
    }

    private Acceptance accept() throws InterruptedException {
        return client.accept(ID, TextNode.valueOf("request"), "digest");
    }

    private JobRunner start(String writer, JobHandler handler) {
        return start(writer, store, handler);
    }

    private JobRunner start(String writer, ObjectStore view, JobHandler handler) {
        Jobs jobs = new Jobs(view, JobKind.RUN, writer, SETTINGS.retry());
        JobRunner runner = new JobRunner(jobs, handler, topic, SETTINGS, () -> {});
        runner.start();
        if (view == store) {
            runners.add(runner);
        }
        return runner;
    }

    private JobRunner start(String writer, Duration stall, JobHandler handler, Runnable onStall) {
        JobSettings settings = new JobSettings(1, SETTINGS.poll(), SETTINGS.missed(), SETTINGS.maxLost(), stall);
        Jobs jobs = new Jobs(store, JobKind.RUN, writer, settings.retry());
        JobRunner runner = new JobRunner(jobs, handler, topic, settings, onStall);
        runner.start();
        runners.add(runner);
        return runner;
    }

    private void awaitClosed() {
        await().until(() -> client.find(ID).orElseThrow().closed());
    }

    private JobResult result() {
        return client.find(ID).orElseThrow().fold().result().orElseThrow();
    }

    private List<EntryKind> kinds() {
        return client.history(ID).stream()
                .map(Numbered::entry)
                .map(entry -> entry.kind())
                .toList();
    }
}
