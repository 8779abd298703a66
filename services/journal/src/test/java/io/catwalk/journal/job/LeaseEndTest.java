package io.catwalk.journal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import com.fasterxml.jackson.databind.node.IntNode;
import io.catwalk.journal.Asker;
import io.catwalk.journal.EntryKind;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import io.catwalk.supervision.Supervisor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What other writers' entries do to a lease. */
@Timeout(30)
class LeaseEndTest {
    private static final Duration FAST = Duration.ofMillis(1);

    private final Fleet fleet = new Fleet();

    @AfterEach
    void stop() throws InterruptedException {
        fleet.stop();
    }

    @Test
    void aSuccessAfterACancelBecomesTheCancelledResult() throws Exception {
        Name id = fleet.accept("r1");
        fleet.start("a", new CountingHandler(2, FAST) {
            @Override
            public Conclusion work(Lease lease) throws LeaseEndedException, JobFailedException, InterruptedException {
                Conclusion success = super.work(lease);
                assertThat(fleet.client.cancel(id, "not needed", Asker.within("a test")))
                        .isEqualTo(Cancellation.ACCEPTED);
                return success;
            }
        });

        assertThat(fleet.awaitClosed(id)).isEqualTo(new JobResult(JobResult.Outcome.CANCELLED, "not needed"));
        assertThat(fleet.kinds(id)).containsOnlyOnce(EntryKind.RESULT);
        assertThat(fleet.topic.events().values())
                .extracting(event -> event.type())
                .contains("training-failed")
                .doesNotContain("training-completed");
    }

    @Test
    void aFailureAfterACancelBecomesTheCancelledResult() throws Exception {
        Name id = fleet.accept("r1");
        fleet.start("a", new CountingHandler(2, FAST) {
            @Override
            public Conclusion work(Lease lease) throws InterruptedException, JobFailedException {
                fleet.client.cancel(id, "not needed", Asker.within("a test"));
                throw new JobFailedException(new Termination.Failed("out of luck"));
            }
        });

        assertThat(fleet.awaitClosed(id)).isEqualTo(new JobResult(JobResult.Outcome.CANCELLED, "not needed"));
    }

    /** A kind whose decision journal has decided already may keep that, knowing of the cancel. */
    @Test
    void theHandlersConclusionOfACancelStandsWhateverItIs() throws Exception {
        Name id = fleet.accept("r1");
        fleet.start("a", new CountingHandler(2, FAST) {
            @Override
            public Conclusion conclude(Lease lease, Termination ending) throws InterruptedException {
                assertThat(ending).isInstanceOf(Termination.Cancelled.class);
                return new Conclusion(JobResult.succeeded(), lease.job().fold().state(), Optional.empty());
            }
        });
        await().until(() -> fleet.job(id).fold().holder().isPresent());
        fleet.client.cancel(id, "not needed", Asker.within("a test"));

        assertThat(fleet.awaitClosed(id)).isEqualTo(JobResult.succeeded());
    }

    @Test
    void aLeaseThatWasLostStaysLostWhateverFollows() throws Exception {
        Name id = fleet.accept("r1");
        ClaimedJob lost = claim(id, "a");
        ClaimedJob other = claim(id, "b");
        fleet.client.cancel(id, "not needed", Asker.within("a test"));

        lost.heartbeat(1);
        other.heartbeat(1);

        assertThat(why(lost)).isEqualTo(LeaseEndedException.Cause.LOST);
        assertThat(why(other)).isEqualTo(LeaseEndedException.Cause.CANCELLED);
        assertThatThrownBy(() -> lost.conclude(success(lost), true)).isInstanceOf(LeaseEndedException.class);
        assertThat(fleet.kinds(id))
                .containsExactly(EntryKind.ACCEPTED, EntryKind.CLAIMED, EntryKind.CLAIMED, EntryKind.CANCELLED);
    }

    @Test
    void anEntryThatThisReleaseCannotReadEndsALease() throws Exception {
        Name id = fleet.accept("r1");
        ClaimedJob lost = claim(id, "a");
        fleet.store.put(Artifacts.journal(JobKind.RUN, id).key("00000003.json"), "{".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> lost.record(1, Optional.empty())).isInstanceOf(LeaseEndedException.class);
        assertThat(why(lost)).isEqualTo(LeaseEndedException.Cause.LOST);
    }

    /** The process's own claim, whose answer was lost: it has no heartbeats, and is no lost lease holder. */
    @Test
    void aClaimThatCameToStandUnseenIsClaimedAgainAtOnce() throws Exception {
        Name id = fleet.accept("r1");
        claim(id, "a");
        CountDownLatch begun = new CountDownLatch(1);

        fleet.start("a", new CountingHandler(1, FAST) {
            @Override
            public Conclusion work(Lease lease) throws LeaseEndedException, JobFailedException, InterruptedException {
                assertThat(lease.job().fold().lost()).isZero();
                begun.countDown();
                return super.work(lease);
            }
        });

        assertThat(fleet.awaitClosed(id)).isEqualTo(JobResult.succeeded());
        assertThat(begun.getCount()).isZero();
    }

    private ClaimedJob claim(Name id, String writer) throws InterruptedException {
        Jobs jobs = new Jobs(fleet.store, JobKind.RUN, writer, Fleet.SETTINGS.retry());
        Job job = fleet.job(id);
        Claim claim = new Claim(
                jobs, fleet.topic, Fleet.SETTINGS.retry(), new Supervisor(FAST, error -> {}), System::nanoTime);
        return claim.make(job, new Claim.Terms(true, IntNode.valueOf(0), Optional.empty(), Optional.empty()))
                .orElseThrow();
    }

    private static Conclusion success(ClaimedJob lost) {
        return new Conclusion(JobResult.succeeded(), lost.job().fold().state(), Optional.empty());
    }

    private static LeaseEndedException.Cause why(ClaimedJob lost) {
        try {
            lost.check();
        } catch (LeaseEndedException e) {
            return e.why();
        }
        throw new AssertionError("the lease goes on");
    }
}
