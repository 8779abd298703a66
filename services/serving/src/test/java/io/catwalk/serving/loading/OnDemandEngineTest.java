package io.catwalk.serving.loading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import io.catwalk.network.inference.UnloadableModelException;
import io.catwalk.objectstore.StoreUnavailableException;
import io.catwalk.serving.LogCapture;
import io.catwalk.serving.engine.Engine;
import io.catwalk.serving.engine.FakeEngine;
import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;
import org.junit.jupiter.api.Test;

class OnDemandEngineTest {
    private static final Duration IDLE = Duration.ofSeconds(10);
    private static final float[] IMAGE = new float[4];

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger unloads = new AtomicInteger();
    private final List<FakeEngine> loads = new CopyOnWriteArrayList<>();
    private Supplier<Engine> source = this::fake;

    @Test
    void isUnloadedAfterItsTimeAndLoadedForTheNextBatch() {
        OnDemandEngine engine = engine();
        engine.run(IMAGE, 1);
        pass(IDLE.minusNanos(1));
        engine.unloadIfIdle(IDLE);
        assertThat(engine.isLoaded()).isTrue();

        pass(Duration.ofNanos(1));
        engine.unloadIfIdle(IDLE);
        assertThat(engine.isLoaded()).isFalse();
        assertThat(loads).singleElement().matches(FakeEngine::closed);
        assertThat(engine.signature()).isEqualTo(loads.getFirst().signature());

        assertThat(engine.run(IMAGE, 1)).containsExactly(0.75f, 0.25f);
        assertThat(loads).hasSize(2);
        engine.close();
        assertThat(loads).allMatch(FakeEngine::closed);
        assertThat(unloads).hasValue(2);
    }

    @Test
    void loadingItCountsAsUse() {
        OnDemandEngine engine = engine();
        pass(IDLE);
        engine.load();
        engine.unloadIfIdle(IDLE);
        assertThat(engine.isLoaded()).isTrue();
        assertThat(loads).hasSize(1);
    }

    @Test
    void aFailedLoadIsTriedAgainAfterASecond() {
        OnDemandEngine engine = engine();
        unload(engine);
        source = () -> {
            throw new StoreUnavailableException("Failed to connect to store/10.1.2.3:9000");
        };
        requireUnavailable(engine, "the store is unavailable");
        source = this::fake;
        requireUnavailable(engine, "the store is unavailable");

        pass(Duration.ofSeconds(1));
        assertThat(engine.run(IMAGE, 1)).hasSize(2);
    }

    @Test
    void aModelThatIsRefusedSaysWhyAndADefectDoesNot() {
        OnDemandEngine engine = engine();
        unload(engine);
        source = () -> {
            throw new UnloadableModelException("the archive is damaged");
        };
        requireUnavailable(engine, "the archive is damaged");

        pass(Duration.ofSeconds(1));
        source = () -> {
            throw new UncheckedIOException(new IOException("/var/cache is full"));
        };
        LogCapture log = new LogCapture();
        log.start();
        requireUnavailable(engine, "internal error; the service's log has it under ");
        log.stop();
        assertThat(log.text()).contains("incident ", "/var/cache is full");
    }

    @Test
    void anotherModelIsRefused() {
        OnDemandEngine engine = engine();
        unload(engine);
        FakeEngine other = new FakeEngine(0.5f, 3);
        source = () -> other;
        requireUnavailable(engine, "its engine is TENSORFLOW with ");
        assertThat(other.closed()).isTrue();
    }

    @Test
    void isNotLoadedAgainOnceClosed() {
        OnDemandEngine engine = engine();
        engine.close();
        engine.close();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> engine.run(IMAGE, 1));
        assertThat(loads).hasSize(1);
    }

    /** {@link FakeEngine} fails when it is closed during a run. */
    @Test
    void batchesAndUnloadingDontMeet() throws Exception {
        OnDemandEngine engine = engine();
        AtomicBoolean ending = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<?>> callers = new ArrayList<>();
            for (int caller = 0; caller < 3; caller++) {
                callers.add(threads.submit(() -> {
                    while (!ending.get()) {
                        engine.run(IMAGE, 1);
                    }
                }));
            }
            while (loads.size() < 100 && callers.stream().noneMatch(Future::isDone)) {
                engine.unloadIfIdle(Duration.ZERO);
            }
            ending.set(true);
            for (Future<?> caller : callers) {
                caller.get();
            }
        }
        engine.close();
        assertThat(loads).allMatch(FakeEngine::closed);
    }

    private OnDemandEngine engine() {
        return new OnDemandEngine(fake(), () -> source.get(), unloads::incrementAndGet, nanos::get);
    }

    private Engine fake() {
        FakeEngine engine = new FakeEngine(0.75f);
        loads.add(engine);
        return engine;
    }

    private void unload(OnDemandEngine engine) {
        pass(IDLE);
        engine.unloadIfIdle(IDLE);
        assertThat(engine.isLoaded()).isFalse();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static void requireUnavailable(OnDemandEngine engine, String why) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(engine::load)
                .withMessageStartingWith("the model was idle and can't be loaded again now: " + why)
                .matches(refused -> refused.refusal() == Refusal.UNAVAILABLE);
    }
}
