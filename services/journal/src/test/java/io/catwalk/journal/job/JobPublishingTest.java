package io.catwalk.journal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.node.TextNode;
import io.catwalk.journal.Asker;
import io.catwalk.journal.EntryKind;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import org.junit.jupiter.api.Test;

/** What a job publishes, and when its observer is called. */
class JobPublishingTest extends OneJobTestCase {
    @Test
    void aBrokerThatIsAwayDelaysPublishingAndNotTheWork() throws Exception {
        topic.goAway(true);
        accept();
        start("a", new CountingHandler(3, FAST));
        await().until(() -> client.find(ID).orElseThrow().fold().result().isPresent());
        assertThat(topic.ids()).isEmpty();
        Name other = new Name("r2");
        client.accept(other, TextNode.valueOf("request"), "digest", Asker.within("a test"));
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
    void publishingADecisionNeitherStallsNorDelaysTheEnd() throws Exception {
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
    void aJobThatEndsWithoutWorkPublishesItsDecisionToo() throws Exception {
        accept();
        client.cancel(ID, "changed my mind", Asker.within("a test"));

        start("a", new DecisionPublisher());
        awaitClosed();

        assertThat(topic.ids()).startsWith("datasets/d/journal/1");
        assertThat(result().outcome()).isEqualTo(JobResult.Outcome.CANCELLED);
    }

    @Test
    void publishesAnotherJournalsEventInItsOwnOrder() throws Exception {
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
        RecordingObserver seen = new RecordingObserver();
        topic.goAway(true);
        client.accept(new Name("cancelled"), TextNode.valueOf("request"), "digest", Asker.within("a test"));
        client.cancel(new Name("cancelled"), "no longer needed", Asker.within("a test"));
        accept();
        Jobs jobs = new Jobs(store, JobKind.RUN, "a", SETTINGS.retry());
        JobRunner runner =
                new JobRunner(jobs, new CountingHandler(2, FAST), topic, SETTINGS, seen, FailureText.OPAQUE, () -> {});
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

        RecordingObserver seen = new RecordingObserver();
        Jobs jobs = new Jobs(store, JobKind.RUN, "b", SETTINGS.retry());
        JobRunner second =
                new JobRunner(jobs, new CountingHandler(1, FAST), topic, SETTINGS, seen, FailureText.OPAQUE, () -> {});
        runners.add(second);
        second.start();
        awaitClosed();

        assertThat(seen.concluded).isEmpty();
    }

    private static final class RecordingObserver implements JobObserver {
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
}
