package io.catwalk.serving.mirroring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

import io.catwalk.serving.engine.FakeEngine;
import io.catwalk.serving.loading.LoadedModel;
import io.catwalk.serving.loading.Rig;
import io.catwalk.serving.queue.BatchExecutor;
import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.registry.ModelRegistry;
import io.catwalk.serving.window.Requests;
import io.catwalk.serving.window.Tallies;
import io.micrometer.core.instrument.Counter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MirrorTest {
    private static final int MAX_BATCH = 4;
    private static final int MAX_WAITING = 20;

    private final AtomicBoolean free = new AtomicBoolean(true);
    private final AtomicBoolean broken = new AtomicBoolean();
    /** Requests' batches wait for ever. */
    private final BatchExecutor slots = new BatchExecutor() {
        @Override
        public void execute(Runnable drain) {}

        @Override
        public boolean tryRun(Runnable task) {
            if (free.get()) {
                task.run();
            }
            return free.get();
        }
    };

    private final Rig rig = new Rig(slots);
    private final Mirror mirror = mirror(1);

    @BeforeEach
    void serve() {
        rig.publish(1, () -> new FakeEngine(0.9f));
        rig.publish(
                2,
                () -> new FakeEngine(0.2f, () -> {
                    if (broken.get()) {
                        throw new IllegalStateException("broken");
                    }
                }));
        rig.promote(1, 1);
        rig.reconciler.reconcile();
    }

    @AfterEach
    void close() {
        mirror.close();
    }

    @Test
    void aShadowRunsACopyAndDisagrees() {
        LoadedModel stable = shadowing(1);
        int before = batches(2).size();
        mirror.answered(Requests.answered(stable, 1));

        await().until(() -> count("catwalk.rollout.copies", "run") == 1);
        assertThat(batches(2)).hasSize(before + 1);
        assertThat(count("catwalk.rollout.compared")).isEqualTo(1);
        assertThat(count("catwalk.rollout.disagreements")).isEqualTo(1);
    }

    @Test
    void aLargeCopyIsRunInPartsOfABatch() {
        LoadedModel stable = shadowing(1);
        int before = batches(2).size();
        mirror.answered(Requests.answered(stable, 10));

        await().until(() -> count("catwalk.rollout.copies", "run") == 1);
        assertThat(batches(2).subList(before, before + 3)).containsExactly(4, 4, 2);
        assertThat(count("catwalk.rollout.compared")).isEqualTo(10);
    }

    @Test
    void stablesRequestsAreDrawnByTheShadowsWeight() {
        LoadedModel stable = shadowing(0.25);
        for (int request = 0; request < 4_000; request++) {
            mirror.answered(Requests.answered(stable, 1));
        }
        mirror.close();

        assertThat(copies()).as("five standard deviations around 1000").isBetween(863.0, 1137.0);
    }

    @Test
    void onlyPredictionsOfTheRolesAreCopied() {
        rig.publish(3, () -> new FakeEngine(0.3f));
        LoadedModel stable = shadowing(1);
        mirror.answered(Requests.refused(stable, Refusal.DEFECT));
        mirror.answered(Requests.answered(rig.served.labels("fashion").get("shadow"), 1));
        assertThat(rig.meters.find("catwalk.rollout.copies").counters()).isEmpty();
        mirror.answered(Requests.answered(stable, 1));
        await().until(() -> copies() == 1);
    }

    @Test
    void aCanarysRequestsAreComparedWithStable() {
        rig.roll(ModelRegistry.CANARY, 2, 0.5, 1);
        int before = batches(1).size();
        LoadedModel canary = rig.served.labels("fashion").get("canary");
        mirror.answered(Requests.answered(canary, 2));

        await().until(() -> count("catwalk.rollout.copies", "run") == 1);
        assertThat(batches(1)).hasSize(before + 1);
        assertThat(count("catwalk.rollout.compared")).isEqualTo(2);
        assertThat(count("catwalk.rollout.disagreements")).isZero();

        try (Mirror off = mirror(0)) {
            off.answered(Requests.answered(canary, 1));
            assertThat(copies()).isEqualTo(1);
        }
    }

    @Test
    void whileRequestsWaitForStableCopiesAreDropped() {
        LoadedModel stable = shadowing(1);
        int before = batches(2).size();
        assertThat(stable.submit(new float[8], 2, true, () -> false)).isNotDone();
        assertThat(stable.queue().depth()).isEqualTo(2);
        mirror.answered(Requests.answered(stable, 1));

        assertThat(count("catwalk.rollout.copies", "dropped")).isEqualTo(1);
        assertThat(batches(2)).hasSize(before);
    }

    @Test
    void aCopyWaitsForASlotAndThoseBeyondTheBoundAreDropped() {
        LoadedModel stable = shadowing(1);
        free.set(false);
        int before = batches(2).size();
        for (int request = 0; request < 8; request++) {
            mirror.answered(Requests.answered(stable, 4));
        }
        assertThat(count("catwalk.rollout.copies", "dropped")).isEqualTo(3);
        assertThat(batches(2)).hasSize(before);
        free.set(true);
        await().until(() -> count("catwalk.rollout.copies", "run") == 5);
        mirror.answered(Requests.answered(stable, MAX_WAITING + 1));
        assertThat(count("catwalk.rollout.copies", "dropped"))
                .as("larger than all room")
                .isEqualTo(4);
    }

    /** Requests that come while a copy waits for its slot. */
    @Test
    void aWaitingCopyGivesWayToRequests() {
        LoadedModel stable = shadowing(1);
        free.set(false);
        mirror.answered(Requests.answered(stable, 1));
        assertThat(stable.submit(new float[8], 2, true, () -> false)).isNotDone();

        await().until(() -> count("catwalk.rollout.copies", "dropped") == 1);
    }

    @Test
    void aShadowsFailureIsCountedAndTheNextCopyIsRun() {
        LoadedModel stable = shadowing(1);
        broken.set(true);
        mirror.answered(Requests.answered(stable, 1));
        await().until(() -> count("catwalk.rollout.copies", "failed") == 1);
        broken.set(false);
        mirror.answered(Requests.answered(stable, 1));
        await().until(() -> count("catwalk.rollout.copies", "run") == 1);
    }

    @Test
    void whatWaitsAtTheEndIsDropped() {
        LoadedModel stable = shadowing(1);
        free.set(false);
        for (int request = 0; request < 3; request++) {
            mirror.answered(Requests.answered(stable, 1));
        }
        mirror.close();

        assertThat(count("catwalk.rollout.copies", "dropped")).isEqualTo(3);
        rig.roll(ModelRegistry.SHADOW, 2, 0, 2);
        assertThat(rig.engines.get(2L).closed()).as("no copy holds it").isTrue();
    }

    /** @return stable, whose requests have a shadow */
    private LoadedModel shadowing(double weight) {
        rig.roll(ModelRegistry.SHADOW, 2, weight, 1);
        return rig.served.labels("fashion").get("stable");
    }

    private Mirror mirror(double canaryShare) {
        return new Mirror(
                rig.served, slots, new CopyRecorder(new Tallies(), rig.meters), MAX_BATCH, canaryShare, MAX_WAITING);
    }

    private List<Integer> batches(long version) {
        return rig.engines.get(version).batches();
    }

    private double copies() {
        return count("catwalk.rollout.copies");
    }

    private double count(String name, String outcome) {
        return rig.meters.find(name).tag("outcome", outcome).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private double count(String name) {
        return rig.meters.find(name).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
