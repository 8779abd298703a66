package io.catwalk.evaluation.rollout.job;

import static io.catwalk.evaluation.Installation.MODEL;
import static io.catwalk.evaluation.Installation.payload;
import static io.catwalk.evaluation.rollout.job.RolloutSite.CANARY;
import static io.catwalk.evaluation.rollout.job.RolloutSite.GOOD;
import static io.catwalk.evaluation.rollout.job.RolloutSite.GOOD_STABLE;
import static io.catwalk.evaluation.rollout.job.RolloutSite.SHADOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.catwalk.evaluation.registry.LabelDecision;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.evaluation.rollout.PublishedVersions;
import io.catwalk.evaluation.rollout.ServingReplica;
import io.catwalk.evaluation.rollout.ServingReplica.Load;
import io.catwalk.evaluation.rollout.job.RolloutState.Outcome;
import io.catwalk.evaluation.rollout.window.Fleet.Patience;
import io.catwalk.events.EventType;
import io.catwalk.journal.Asker;
import io.catwalk.journal.Event;
import io.catwalk.journal.job.Job;
import io.catwalk.journal.job.JobResult;
import io.catwalk.journal.job.JobRunner;
import io.catwalk.model.v1.ModelPromoted;
import io.catwalk.objectstore.Name;
import io.catwalk.rollout.v1.RolloutAdvanced;
import io.catwalk.rollout.v1.RolloutCompleted;
import io.catwalk.rollout.v1.RolloutOutcome;
import io.catwalk.rollout.v1.RolloutStarted;
import io.catwalk.rollout.v1.ServingWindow;
import org.junit.jupiter.api.Test;

class RolloutHandlerTest {
    private static final Duration DAY = Duration.ofDays(1);

    private final RolloutSite site;

    RolloutHandlerTest() throws InterruptedException {
        site = new RolloutSite(1);
    }

    @Test
    void anEqualCanaryIsRaisedStepByStepAndPromoted() throws Exception {
        site.holder("h");
        Name id = site.canary("p1");

        Job job = site.serveUntilClosed(id, "canary", () -> GOOD);

        assertThat(job.fold().result()).contains(JobResult.succeeded());
        assertThat(site.state(id).ending().orElseThrow().outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(site.weights(CANARY)).containsExactly(0.1, 0.25, 0.5, 0.0);
        assertThat(site.line(CANARY))
                .extracting(entry -> entry.cause())
                .containsExactly("rollouts/p1/0", "rollouts/p1/1", "rollouts/p1/2", "rollouts/p1/end");
        assertThat(site.stable()).isEqualTo(2);
        assertThat(site.line(Registry.STABLE).getLast().cause()).isEqualTo("rollouts/p1");
        Map<String, Event> events = site.topic.events();
        List<Event> own = events.entrySet().stream()
                .filter(event -> event.getKey().startsWith("rollouts/p1/"))
                .map(Map.Entry::getValue)
                .toList();
        assertThat(own)
                .extracting(Event::type)
                .containsExactly("rollout-started", "rollout-advanced", "rollout-advanced", "rollout-completed");
        RolloutStarted started = payload(EventType.ROLLOUT_STARTED, own.getFirst());
        assertThat(started.getWeight()).isEqualTo(0.1);
        assertThat(started.getStableVersion()).isEqualTo(1);
        RolloutAdvanced advanced = payload(EventType.ROLLOUT_ADVANCED, own.get(1));
        assertThat(advanced.getWeight()).isEqualTo(0.25);
        assertThat(advanced.getReason()).startsWith("errors, latency, disagreement within their margins after ");
        RolloutCompleted completed = payload(EventType.ROLLOUT_COMPLETED, own.getLast());
        assertThat(completed.getOutcome()).isEqualTo(RolloutOutcome.ROLLOUT_OUTCOME_PROMOTED);
        assertThat(completed.getRequests()).isGreaterThan(advanced.getRequests());
        // Each event says which entry decided it.
        assertThat(events)
                .allSatisfy((eventId, event) -> assertThat(eventId)
                        .endsWith("/" + event.body().path("entry").asText()));
        ModelPromoted raised = payload(EventType.MODEL_PROMOTED, events.get("models/fashion/labels/canary/journal/2"));
        assertThat(raised.getWeight()).isEqualTo(0.25);
        ModelPromoted ended = payload(EventType.MODEL_PROMOTED, events.get("models/fashion/labels/canary/journal/4"));
        assertThat(ended.hasWeight()).isTrue();
        assertThat(ended.getWeight()).isZero();
        ModelPromoted promoted =
                payload(EventType.MODEL_PROMOTED, events.get("models/fashion/labels/stable/journal/4"));
        assertThat(promoted.hasWeight()).isFalse();
        assertThat(promoted.getVersion()).isEqualTo(2);
        assertThat(site.meters
                        .get("catwalk.rollouts")
                        .tag("outcome", "promoted")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(site.meters.find("catwalk.rollout.weight").gauge()).isNull();
    }

    @Test
    void aCanaryThatFailsMoreOftenIsRolledBackWithTheReason() throws Exception {
        site.holder("h");
        Name id = site.canary("p1");

        site.serveUntilClosed(id, "canary", () -> Load.of(100, 6));

        assertThat(site.state(id).ending().orElseThrow().outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(site.state(id).reason()).startsWith("errors: 6.00 % of ").contains("against stable's 1.00 % of");
        assertThat(site.weights(CANARY)).containsExactly(0.1, 0.0);
        assertThat(site.stable()).isEqualTo(1);
        assertThat(completed("p1").getReason()).isEqualTo(site.state(id).reason());
        assertThat(LabelDecision.of(site.line(CANARY).getLast()).reason())
                .isEqualTo(site.state(id).reason());
    }

    @Test
    void aSlowCanaryAndOneThatDisagreesAreRolledBack() throws Exception {
        site.holder("h");

        site.serveUntilClosed(site.canary("slow"), "canary", () -> new Load(100, 0, 20, 100, 0));
        site.serveUntilClosed(site.canary("other"), "canary", () -> new Load(100, 0, 0, 100, 30));

        assertThat(site.state(new Name("slow")).reason()).startsWith("slow answers: 20.00 % of ");
        assertThat(site.state(new Name("other")).reason()).startsWith("disagreement is 30.00 % of ");
    }

    @Test
    void aShadowPassesAndIsNotPromoted() throws Exception {
        site.holder("h");
        Name id = site.request("p1", "shadow", 2, Optional.empty());

        site.serveUntilClosed(id, "shadow", () -> GOOD);

        assertThat(completed("p1").getOutcome()).isEqualTo(RolloutOutcome.ROLLOUT_OUTCOME_PASSED);
        assertThat(site.weights(SHADOW)).containsExactly(1.0, 0.0);
        assertThat(site.stable()).isEqualTo(1);
    }

    /** A successor reads again what the newest decision's successor would be decided by, and decides the same. */
    @Test
    void aSuccessorComesToTheSameDecisions() throws Exception {
        RolloutSite other = new RolloutSite(2);
        JobRunner only = other.holder("only");
        List<Long> expected = requestsAtAdvances(other, only, only);
        JobRunner first = site.holder("first");

        List<Long> found = requestsAtAdvances(site, first, site.holder("second"));

        assertThat(found).isEqualTo(expected).hasSize(2);
        assertThat(site.job(new Name("p1")).fold().attempts()).isEqualTo(2);
    }

    private static List<Long> requestsAtAdvances(RolloutSite at, JobRunner first, JobRunner second) throws Exception {
        Name id = at.canary("p1");
        at.awaitWeight(CANARY, 0.1);
        at.serve(20, "canary", GOOD);
        if (first != second) {
            String holder = at.job(id).fold().holder().orElseThrow().writer();
            (holder.equals("first") ? first : second).stop();
        }
        for (double weight : List.of(0.25, 0.5)) {
            at.serve(200, "canary", GOOD);
            at.awaitWeight(CANARY, weight);
        }
        return at.topic.events().values().stream()
                .filter(event -> event.type().equals("rollout-advanced"))
                .map(event -> payload(EventType.ROLLOUT_ADVANCED, event).getRequests())
                .toList();
    }

    /** What was told before the present weight began, and what is told twice. */
    @Test
    void windowsOfAnotherWeightAndRepeatedOnesDoNotCount() throws Exception {
        site.holder("h");
        Name id = site.canary("p1");
        site.awaitWeight(CANARY, 0.1);
        ServingWindow window = site.serving.next("canary", Load.of(100, 100), GOOD_STABLE);
        ServingWindow.Builder early = window.toBuilder();
        early.getVersionsBuilder(1).setEntry(0);
        for (int i = 0; i < 100; i++) {
            site.windows.write(early.setSequence(i).build());
        }
        ServingWindow same = window.toBuilder().setSequence(100).build();
        for (int i = 0; i < 100; i++) {
            site.windows.write(same);
        }
        site.serving.leaveOut(100);

        site.serveUntilClosed(id, "canary", () -> GOOD);

        assertThat(site.state(id).ending().orElseThrow().outcome()).isEqualTo(Outcome.PROMOTED);
    }

    @Test
    void windowsWithoutSenseAreLeftOut() throws Exception {
        site.holder("h");
        Name id = site.canary("p1");
        site.awaitWeight(CANARY, 0.1);
        ServingWindow window = site.serving.next("canary", GOOD, GOOD_STABLE);
        ServingWindow.Builder wrong = window.toBuilder();
        wrong.getVersionsBuilder(1).setErrors(1000);
        site.windows.write(wrong.build());
        ServingWindow.Builder withoutHistogram = site.serving.next("canary", GOOD, GOOD_STABLE).toBuilder();
        withoutHistogram.getVersionsBuilder(1).clearLatency();
        site.windows.write(withoutHistogram.build());

        site.serveUntilClosed(id, "canary", () -> GOOD);

        assertThat(site.state(id).ending().orElseThrow().outcome()).isEqualTo(Outcome.PROMOTED);
    }

    @Test
    void aReplicaThatStaysSilentRollsBack() throws Exception {
        holder(new Patience(Duration.ofMillis(200), Duration.ofMillis(300), 1));
        Name id = site.canary("p1");
        site.awaitWeight(CANARY, 0.1);
        site.windows.write(new ServingReplica(site.registry, MODEL, "serving-1/b").next("canary", GOOD, GOOD_STABLE));

        // The other one has no requests, which could raise the canary before the silence is noticed.
        site.serveUntilClosed(id, "canary", () -> Load.of(0, 0));

        assertThat(completed("p1").getOutcome()).isEqualTo(RolloutOutcome.ROLLOUT_OUTCOME_ROLLED_BACK);
        assertThat(site.state(id).reason()).startsWith("replica serving-1/b is silent for ");
    }

    /** One that says that it stops is no loss; nor is anybody silent while the broker is away. */
    @Test
    void aReplicaThatStopsAndABrokerThatIsAwayAreNoSilence() throws Exception {
        holder(new Patience(Duration.ofMillis(200), Duration.ofMillis(200), 0));
        Name id = site.canary("p1");
        site.awaitWeight(CANARY, 0.1);
        ServingReplica other = new ServingReplica(site.registry, MODEL, "serving-1/b");
        site.windows.write(other.next("canary", GOOD, GOOD_STABLE));
        site.windows.write(other.last("canary", GOOD, GOOD_STABLE));
        site.windows.write(new ServingReplica(site.registry, MODEL, "serving-1/c").last("canary", GOOD, GOOD_STABLE));
        site.windows.answer(false);
        await().pollDelay(Duration.ofMillis(600)).until(() -> true);
        assertThat(site.job(id).fold().result()).isEmpty();
        site.windows.answer(true);

        site.serveUntilClosed(id, "canary", () -> GOOD);

        assertThat(completed("p1").getOutcome()).isEqualTo(RolloutOutcome.ROLLOUT_OUTCOME_PROMOTED);
    }

    @Test
    void replicasThatEndWithoutNoticeRollBack() throws Exception {
        holder(new Patience(Duration.ofHours(1), Duration.ofHours(1), 1));
        Name id = site.canary("p1");
        site.awaitWeight(CANARY, 0.1);
        for (String process : List.of("serving-1/a", "serving-1/b")) {
            site.windows.write(new ServingReplica(site.registry, MODEL, process).next("canary", GOOD, GOOD_STABLE));
        }
        site.serve(300, "canary", GOOD);
        await().pollDelay(Duration.ofMillis(200)).until(() -> true);
        assertThat(site.weights(CANARY)).as("held after the first").containsExactly(0.1);

        site.windows.write(new ServingReplica(site.registry, MODEL, "serving-1/c").next("canary", GOOD, GOOD_STABLE));

        site.awaitClosed(id);
        assertThat(site.state(id).reason())
                .isEqualTo("replicas of serving ended without notice 2 times, the last: replica serving-1 ended without"
                        + " notice, and started again");
    }

    @Test
    void aCancelEndsIt() throws Exception {
        site.holder("h");
        Name id = site.canary("p1");
        site.awaitWeight(CANARY, 0.1);

        site.rollouts.cancel(id, "enough", Asker.within("a test"));

        Job job = site.awaitClosed(id);
        assertThat(job.fold().result()).contains(new JobResult(JobResult.Outcome.CANCELLED, "enough"));
        assertThat(completed("p1").getOutcome()).isEqualTo(RolloutOutcome.ROLLOUT_OUTCOME_CANCELLED);
        assertThat(site.weights(CANARY)).containsExactly(0.1, 0.0);
    }

    @Test
    void anotherPromotionOfStableEndsIt() throws Exception {
        site.holder("h");
        Name id = site.canary("p1");
        site.awaitWeight(CANARY, 0.1);

        PublishedVersions.point(site.registry, MODEL, Registry.STABLE, "promotions/p2", 2);

        site.awaitClosed(id);
        assertThat(completed("p1").getOutcome()).isEqualTo(RolloutOutcome.ROLLOUT_OUTCOME_CANCELLED);
        assertThat(completed("p1").getReason()).isEqualTo("promotions/p2 has moved the label to version 2 meanwhile");
        assertThat(site.weights(CANARY)).containsExactly(0.1, 0.0);
    }

    /** Its label is then whose promotion was last. */
    @Test
    void anotherPromotionOfItsLabelEndsIt() throws Exception {
        site.holder("h");
        Name id = site.canary("p1");
        site.awaitWeight(CANARY, 0.1);

        PublishedVersions.point(site.registry, MODEL, CANARY, "promotions/p2", 1);

        site.awaitClosed(id);
        assertThat(completed("p1").getOutcome()).isEqualTo(RolloutOutcome.ROLLOUT_OUTCOME_CANCELLED);
        assertThat(site.line(CANARY))
                .extracting(entry -> entry.cause())
                .containsExactly("rollouts/p1/0", "promotions/p2");
    }

    @Test
    void aSecondOneOfTheModelIsRefused() throws Exception {
        site.holder("h");
        Name first = site.canary("p1");
        site.awaitWeight(CANARY, 0.1);

        Name second = site.request("p2", "shadow", 2, Optional.empty());

        Job job = site.awaitClosed(second);
        assertThat(job.fold().result()).contains(new JobResult(JobResult.Outcome.FAILED, "rollouts/p1 has not ended"));
        assertThat(site.line(SHADOW)).isEmpty();
        assertThat(site.job(first).fold().result()).isEmpty();
    }

    @Test
    void anUndecidedOneIsRolledBackAtItsDeadline() throws Exception {
        site.holder(site.store, "h", RolloutSite.settings(RolloutSite.PATIENT, Duration.ofMillis(1500)));
        Name id = site.canary("p1");

        Job job = site.awaitClosed(id);

        assertThat(job.fold().result().orElseThrow().reason()).startsWith("not ended within PT1.5S");
        assertThat(completed("p1").getOutcome()).isEqualTo(RolloutOutcome.ROLLOUT_OUTCOME_ROLLED_BACK);
        assertThat(site.weights(CANARY)).containsExactly(0.1, 0.0);
    }

    @Test
    void aVersionThatBecameStableMeanwhileIsRefused() throws Exception {
        Name id = site.request("p1", "canary", 1, Optional.of(0.1));
        site.holder("h");

        Job job = site.awaitClosed(id);

        assertThat(job.fold().result().orElseThrow().reason()).isEqualTo("version 1 is stable already");
        assertThat(completed("p1").getOutcome()).isEqualTo(RolloutOutcome.ROLLOUT_OUTCOME_CANCELLED);
    }

    @Test
    void aCancelBeforeTheRequestEndsItUnpublished() throws Exception {
        site.rollouts.cancel(new Name("p1"), "never mind", Asker.within("a test"));
        site.canary("p1");
        site.holder("h");

        site.awaitClosed(new Name("p1"));

        assertThat(site.line(CANARY)).isEmpty();
        assertThat(completed("p1").getOutcome()).isEqualTo(RolloutOutcome.ROLLOUT_OUTCOME_CANCELLED);
    }

    private void holder(Patience patience) {
        site.holder(site.store, "h", RolloutSite.settings(patience, DAY));
    }

    private RolloutCompleted completed(String id) {
        return site.topic.events().entrySet().stream()
                .filter(event -> event.getKey().startsWith("rollouts/" + id + "/")
                        && event.getValue().type().equals("rollout-completed"))
                .map(event -> payload(EventType.ROLLOUT_COMPLETED, event.getValue()))
                .findFirst()
                .orElseThrow();
    }
}
