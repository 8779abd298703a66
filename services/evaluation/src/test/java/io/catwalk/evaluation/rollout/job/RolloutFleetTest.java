package io.catwalk.evaluation.rollout.job;

import static io.catwalk.evaluation.Installation.MODEL;
import static io.catwalk.evaluation.rollout.job.RolloutSite.CANARY;
import static io.catwalk.evaluation.rollout.job.RolloutSite.GOOD;
import static io.catwalk.evaluation.rollout.job.RolloutSite.GOOD_STABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

import io.catwalk.evaluation.registry.Registry;
import io.catwalk.evaluation.rollout.ServingReplica;
import io.catwalk.evaluation.rollout.ServingReplica.Load;
import io.catwalk.evaluation.rollout.job.RolloutState.Outcome;
import io.catwalk.journal.FlakyStore;
import io.catwalk.journal.decision.DecisionEntry;
import io.catwalk.objectstore.Name;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterTry;
import org.awaitility.core.ConditionFactory;

/** Replicas that die between any two calls of the store, are paused, and lose answers: each decision is made once. */
class RolloutFleetTest {
    private final List<FlakyStore> replicas = new ArrayList<>();
    private final AtomicBoolean ended = new AtomicBoolean();

    @AfterTry
    void endReplicas() {
        ended.set(true);
        replicas.forEach(replica -> replica.dieAfter(0));
        replicas.clear();
    }

    @Property(tries = 15)
    void aGoodCanaryIsPromotedOnce(@ForAll long seed) throws Exception {
        RolloutSite site = outlive(seed, GOOD);

        assertThat(site.state(new Name("p1")).ending().orElseThrow().outcome()).isEqualTo(Outcome.PROMOTED);
        assertThat(site.line(CANARY))
                .extracting(DecisionEntry::cause)
                .containsExactly("rollouts/p1/0", "rollouts/p1/1", "rollouts/p1/2", "rollouts/p1/end");
        assertThat(site.weights(CANARY)).containsExactly(0.1, 0.25, 0.5, 0.0);
        assertThat(site.line(Registry.STABLE))
                .extracting(DecisionEntry::cause)
                .endsWith("rollouts/p1")
                .doesNotHaveDuplicates();
        assertPublished(site, "rollout-started", "rollout-advanced", "rollout-advanced", "rollout-completed");
    }

    @Property(tries = 15)
    void aBadCanaryIsRolledBackOnce(@ForAll long seed) throws Exception {
        RolloutSite site = outlive(seed, Load.of(100, 10));

        assertThat(site.state(new Name("p1")).ending().orElseThrow().outcome()).isEqualTo(Outcome.ROLLED_BACK);
        assertThat(site.line(CANARY))
                .extracting(DecisionEntry::cause)
                .containsExactly("rollouts/p1/0", "rollouts/p1/end");
        assertThat(site.weights(CANARY)).containsExactly(0.1, 0.0);
        assertThat(site.stable()).isEqualTo(1);
        assertPublished(site, "rollout-started", "rollout-completed");
    }

    /** Every entry that has an event is published, under its own id, in the order of the journal. */
    private static void assertPublished(RolloutSite site, String... types) {
        assertThat(site.topic.events().entrySet().stream()
                        .filter(event -> event.getKey().startsWith("rollouts/"))
                        .map(event -> event.getValue().type()))
                .containsExactly(types);
        assertThat(site.topic.ids())
                .containsAll(
                        site.line(CANARY).stream().map(DecisionEntry::eventId).toList());
    }

    private RolloutSite outlive(long seed, Load canary) throws Exception {
        RolloutSite site = new RolloutSite(seed);
        Random random = new Random(seed);
        ended.set(false);
        serve(site, canary);
        site.canary("p1");
        List<FlakyStore> paused = new ArrayList<>();
        for (int generation = 0; generation < 4; generation++) {
            FlakyStore mortal = holder(site, random.nextLong());
            if (random.nextInt(4) > 0) {
                mortal.dieAfter(random.nextInt(150));
            }
            pass(random.nextInt(120));
            if (random.nextBoolean()) {
                mortal.pause();
                paused.add(mortal);
            }
        }
        paused.forEach(FlakyStore::resume);
        holder(site, seed + 100);
        holder(site, seed + 101);
        patiently().until(() -> site.job(new Name("p1")).closed());
        return site;
    }

    private FlakyStore holder(RolloutSite site, long seed) {
        FlakyStore flaky = new FlakyStore(site.store, seed, 0.05);
        replicas.add(flaky);
        site.holder(flaky.view(), "holder " + seed, RolloutSite.settings());
        return flaky;
    }

    /** Serving tells windows, whoever reads them. */
    private void serve(RolloutSite site, Load canary) {
        ServingReplica replica = new ServingReplica(site.registry, MODEL, "serving-0/z");
        Thread.ofVirtual().start(() -> {
            while (!ended.get()) {
                site.windows.write(replica.next("canary", canary, GOOD_STABLE));
                pass(1);
            }
        });
    }

    private static void pass(int millis) {
        patiently().pollDelay(Duration.ofMillis(millis)).until(() -> true);
    }

    /** The replicas' deaths are no failures. */
    private static ConditionFactory patiently() {
        return await().dontCatchUncaughtExceptions()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(1));
    }
}
