package io.catwalk.serving.loading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.catwalk.serving.engine.FakeEngine;
import io.catwalk.serving.queue.Dispatchers;
import io.catwalk.supervision.Supervisor;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SwapUnderLoadTest {
    private static final int SWAPS = 100;
    private static final int CALLERS = 8;

    @Tag("fault-21")
    @Test
    void aHundredSwapsFailNoRequestAndEachResponseNamesItsVersion() throws Exception {
        List<FakeEngine> all = new ArrayList<>();
        List<Future<Integer>> calls = new ArrayList<>();
        AtomicBoolean over = new AtomicBoolean();
        try (Dispatchers dispatchers = new Dispatchers(2, Supervisor.ofProcess());
                ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
            Rig rig = new Rig(dispatchers);
            swap(rig, 1, all);
            for (int caller = 0; caller < CALLERS; caller++) {
                calls.add(callers.submit(() -> callUntil(over, rig)));
            }
            for (int version = 2; version <= SWAPS + 1; version++) {
                swap(rig, version, all);
                requireProgress(rig);
            }
            over.set(true);
            for (Future<Integer> call : calls) {
                assertThat(call.get()).isPositive();
            }
            rig.reconciler.retireAll();
        }
        assertThat(all).hasSize(SWAPS + 1).allMatch(FakeEngine::closed);
    }

    private static void swap(Rig rig, long version, List<FakeEngine> all) {
        rig.publish(version, () -> {
            FakeEngine engine = new FakeEngine(version / 1_000f);
            all.add(engine);
            return engine;
        });
        rig.promote(version, version);
        rig.reconciler.reconcile();
    }

    /** Lets the new version answer, so that each of them is swapped out under traffic. */
    private static void requireProgress(Rig rig) throws Exception {
        assertThat(callOnce(rig)).isTrue();
    }

    private static int callUntil(AtomicBoolean over, Rig rig) throws Exception {
        int answered = 0;
        while (!over.get()) {
            assertThat(callOnce(rig)).as("the answer is the named version's").isTrue();
            answered++;
        }
        return answered;
    }

    private static boolean callOnce(Rig rig) throws Exception {
        LoadedModel model = rig.served.acquire(new ModelReference.Stable("fashion"));
        try {
            float[] probabilities = model.submit(new float[(int) FakeEngine.SHAPE.size()], 1, true, () -> false)
                    .get(10, TimeUnit.SECONDS)
                    .probabilities();
            return probabilities[0] == model.version().version() / 1_000f;
        } finally {
            model.release();
        }
    }
}
