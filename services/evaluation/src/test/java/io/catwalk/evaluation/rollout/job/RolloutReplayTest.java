package io.catwalk.evaluation.rollout.job;

import static io.catwalk.evaluation.Installation.SETTINGS;
import static io.catwalk.evaluation.Installation.payload;
import static io.catwalk.evaluation.rollout.job.RolloutSite.CANARY;
import static io.catwalk.evaluation.rollout.job.RolloutSite.GOOD;
import static io.catwalk.evaluation.rollout.job.RolloutSite.SHADOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catwalk.evaluation.registry.LabelDecision;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.evaluation.rollout.PublishedVersions;
import io.catwalk.evaluation.rollout.job.RolloutState.Outcome;
import io.catwalk.evaluation.rollout.replay.LoggedEvents;
import io.catwalk.evaluation.rollout.replay.Replayed;
import io.catwalk.events.EventType;
import io.catwalk.journal.Asker;
import io.catwalk.journal.Event;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobResult;
import io.catwalk.journal.job.JobRunner;
import io.catwalk.objectstore.Name;
import io.catwalk.rollout.v1.RolloutCompleted;
import io.catwalk.rollout.v1.RolloutReplay;
import io.catwalk.rollout.v1.RolloutReplayOutcome;
import io.catwalk.rollout.v1.RolloutStarted;
import org.junit.jupiter.api.Test;

/** Before a rollout's version gets its weight. */
class RolloutReplayTest {
    private final RolloutSite site;

    RolloutReplayTest() throws InterruptedException {
        site = new RolloutSite(1);
    }

    @Test
    void anEqualCanaryGoesOn() throws Exception {
        site.log.write(LoggedEvents.requests(100));
        holder("h");
        Name id = site.canary("p1");

        site.serveUntilClosed(id, "canary", () -> GOOD);

        assertThat(site.weights(CANARY)).containsExactly(0.1, 0.25, 0.5, 0.0);
        assertThat(own("p1"))
                .extracting(Event::type)
                .containsExactly("rollout-started", "rollout-advanced", "rollout-advanced", "rollout-completed");
        RolloutStarted started = payload(EventType.ROLLOUT_STARTED, own("p1").getFirst());
        assertThat(started.getWeight()).isEqualTo(0.1);
        assertThat(started.getReplay())
                .isEqualTo(RolloutReplay.newBuilder()
                        .setOutcome(RolloutReplayOutcome.ROLLOUT_REPLAY_OUTCOME_PASSED)
                        .setReason("no harm by 100 logged requests")
                        .setRequests(100)
                        .setImages(100)
                        .setPassedOver(3)
                        .build());
        assertThat(completed("p1").getReplay()).isEqualTo(started.getReplay());
        assertThat(site.state(id).plan().terms().harm()).isEqualTo(0.05 / 10);
        assertThat(counted("passed")).isEqualTo(1);
    }

    @Test
    void aCanaryThatDisagreesNeverGetsAWeight() throws Exception {
        site.log.write(LoggedEvents.requests(100));
        site.models.answer((number, right) -> !right);
        holder("h");
        Name id = site.canary("p1");

        Job job = site.awaitClosed(id);

        assertThat(job.fold().result()).contains(JobResult.succeeded());
        assertThat(site.state(id).ending().orElseThrow().outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(site.state(id).reason())
                .startsWith("by 100 logged requests: disagreement is 100.00 % of 100 images, surely above ");
        assertThat(site.weights(CANARY)).isEmpty();
        assertThat(site.stable()).isEqualTo(1);
        assertThat(site.topic.events().values()).extracting(Event::type).containsExactly("rollout-completed");
        RolloutCompleted completed = completed("p1");
        assertThat(completed.getReason()).isEqualTo(site.state(id).reason());
        assertThat(completed.getReplay().getOutcome())
                .isEqualTo(RolloutReplayOutcome.ROLLOUT_REPLAY_OUTCOME_ROLLED_BACK);
        assertThat(completed.getReplay().getDisagreements()).isEqualTo(100);
        assertThat(completed.getRequests()).isZero();
        assertThat(LabelDecision.of(site.line(CANARY).getLast()).promotes()).isFalse();
        assertThat(counted("rolled_back")).isEqualTo(1);
        assertThat(site.meters
                        .get("catwalk.rollouts")
                        .tag("outcome", "rolled_back")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void aShadowThatFailsGetsNoCopies() throws Exception {
        site.log.write(LoggedEvents.requests(100));
        site.models.certainty(Float.POSITIVE_INFINITY);
        holder("h");
        Name id = site.request("p1", "shadow", 2, Optional.empty());

        site.awaitClosed(id);

        assertThat(site.state(id).reason()).startsWith("it fails on the logged request 0/99: probability of image 0");
        assertThat(site.weights(SHADOW)).isEmpty();
    }

    @Test
    void withoutALogItGoesOnAndSaysSo() throws Exception {
        site.log.fail("there is no topic inference-logged");
        holder("h");
        Name id = site.canary("p1");

        site.awaitWeight(CANARY, 0.1);

        Replayed replayed = site.state(id).replay().orElseThrow();
        assertThat(replayed.outcome()).isEqualTo(Replayed.Outcome.SKIPPED);
        assertThat(replayed.reason()).isEqualTo("there is no topic inference-logged");
        assertThat(counted("skipped")).isEqualTo(1);
    }

    @Test
    void aCancelEndsIt() throws Exception {
        site.log.silent(true);
        holder("h");
        Name id = site.canary("p1");
        await().until(() -> site.log.looks().size() == 1);
        assertThat(site.state(id).weight()).isZero();

        site.rollouts.cancel(id, "enough", Asker.within("a test"));

        site.awaitClosed(id);
        assertThat(completed("p1").getReason()).isEqualTo("enough");
        assertThat(site.weights(CANARY)).isEmpty();
    }

    @Test
    void aLogThatDoesNotAnswerHoldsUpNoOtherRollout() throws Exception {
        Name hats = new Name("hats");
        PublishedVersions.publish(site.registry, hats, 1);
        PublishedVersions.publish(site.registry, hats, 2);
        PublishedVersions.point(site.registry, hats, Registry.STABLE, "promotions/hats", 1);
        holder("h");
        Name first = site.canary("p1");
        site.awaitWeight(CANARY, 0.1);
        site.log.silent(true);
        Name waiting = site.request(hats, "p2", "canary", 2, Optional.of(0.1));
        await().until(() -> site.log.looks().size() == 2);

        site.serveUntilClosed(first, "canary", () -> GOOD);

        assertThat(site.state(first).ending().orElseThrow().outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(site.job(waiting).closed()).isFalse();
        assertThat(site.state(waiting).weight()).isZero();
    }

    /** No successor takes it for lost. */
    @Test
    void theLeaseIsKeptMeanwhile() throws Exception {
        site.log.silent(true);
        holder("h");
        holder("other");
        Name id = site.canary("p1");
        await().until(() -> site.log.looks().size() == 1);

        await().pollDelay(SETTINGS.poll().multipliedBy(SETTINGS.missed() * 5L)).until(() -> true);

        assertThat(site.job(id).fold().attempts()).isEqualTo(1);
    }

    /** A successor replays again, and the journal has one entry of it. */
    @Test
    void aSuccessorReplaysAgain() throws Exception {
        site.log.write(LoggedEvents.requests(50));
        site.log.silent(true);
        JobRunner first = holder("first");
        Name id = site.canary("p1");
        await().until(() -> site.log.looks().size() == 1);
        first.stop();
        site.log.write(LoggedEvents.requests(100).subList(50, 100));
        site.log.silent(false);

        holder("second");

        site.awaitWeight(CANARY, 0.1);
        assertThat(site.state(id).replay().orElseThrow().requests()).isEqualTo(100);
        assertThat(site.log.looks()).hasSize(2);
    }

    /** Rollouts that began under an earlier release, whose journals know nothing of it. */
    @Test
    void aStateWithoutAReplayIsRead() {
        RolloutPlan.Subject subject = new RolloutPlan.Subject(
                "fashion",
                "canary",
                new LabelDecision.Target(2, LoggedEvents.digest(2)),
                new LabelDecision.Target(1, LoggedEvents.digest(1)));
        RolloutState state = RolloutState.begun(
                RolloutPlan.of(subject, 0.1, Optional.of(0.1), RolloutSite.settings()), Map.of(0, 5L));
        var json = (ObjectNode) JournalJson.tree(state);
        json.remove("replay");
        ((ObjectNode) json.path("plan")).remove("replay");

        RolloutState read = JournalJson.record(json, RolloutState.class);

        assertThat(read).isEqualTo(state);
        assertThat(read.toReplay()).isFalse();
        assertThat(read.weight()).isEqualTo(0.1);
    }

    private JobRunner holder(String writer) {
        return site.holder(site.store, writer, RolloutSite.replaying());
    }

    private List<Event> own(String id) {
        return events(id).toList();
    }

    private Stream<Event> events(String id) {
        return site.topic.events().entrySet().stream()
                .filter(event -> event.getKey().startsWith("rollouts/" + id + "/"))
                .map(Map.Entry::getValue);
    }

    private RolloutCompleted completed(String id) {
        return events(id)
                .filter(event -> event.type().equals("rollout-completed"))
                .map(event -> payload(EventType.ROLLOUT_COMPLETED, event))
                .findFirst()
                .orElseThrow();
    }

    private double counted(String outcome) {
        return site.meters
                .get("catwalk.rollout.replays")
                .tag("outcome", outcome)
                .counter()
                .count();
    }
}
