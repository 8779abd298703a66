package io.catwalk.serving.loading;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.catwalk.chassis.errors.ErrorCategory;
import io.catwalk.network.inference.UnloadableModelException;
import io.catwalk.serving.engine.Engine;
import io.catwalk.serving.engine.EngineKind;
import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An engine that may be unloaded while nobody uses it; the next use loads it again. Its kind and signature stay known
 * meanwhile.
 */
final class OnDemandEngine implements Engine {
    private static final Logger LOG = LoggerFactory.getLogger(OnDemandEngine.class);
    /** Requests are refused at once for so long after a load has failed. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Supplier<Engine> source;
    private final Runnable whenUnloaded;
    private final LongSupplier nanoClock;
    private final EngineKind kind;
    private final Signature signature;

    /** Runs hold the read lock. */
    private final ReadWriteLock inUse = new ReentrantReadWriteLock();

    private volatile Optional<Engine> loaded;
    private volatile long lastUseNanos;
    private Optional<Failure> failure = Optional.empty();
    private boolean closed;

    /**
     * @param first loaded already
     * @param source loads it again; throws as {@link EngineSource#open}
     * @param whenUnloaded called after its memory was freed
     */
    OnDemandEngine(Engine first, Supplier<Engine> source, Runnable whenUnloaded, LongSupplier nanoClock) {
        this.source = source;
        this.whenUnloaded = whenUnloaded;
        this.nanoClock = nanoClock;
        this.kind = first.kind();
        this.signature = first.signature();
        this.loaded = Optional.of(first);
        this.lastUseNanos = nanoClock.getAsLong();
    }

    @Override
    public EngineKind kind() {
        return kind;
    }

    @Override
    public Signature signature() {
        return signature;
    }

    /** Whether it is in memory. */
    boolean isLoaded() {
        return loaded.isPresent();
    }

    /** @throws RefusedException with {@link Refusal#UNAVAILABLE} when it can't be loaded now */
    @Override
    public void load() {
        lastUseNanos = nanoClock.getAsLong();
        if (loaded.isEmpty()) {
            loadAgain();
        }
    }

    /** As {@link Engine#run}; throws as {@link #load}. */
    @Override
    public float[] run(float[] images, int count) {
        while (true) {
            inUse.readLock().lock();
            try {
                Optional<Engine> engine = loaded;
                if (engine.isPresent()) {
                    return engine.get().run(images, count);
                }
            } finally {
                lastUseNanos = nanoClock.getAsLong();
                inUse.readLock().unlock();
            }
            loadAgain();
        }
    }

    /** Unloads it unless it is running or was used within a time. */
    void unloadIfIdle(Duration idle) {
        if (loaded.isEmpty() || !inUse.writeLock().tryLock()) {
            return;
        }
        try {
            if (nanoClock.getAsLong() - lastUseNanos >= idle.toNanos()) {
                unload();
            }
        } finally {
            inUse.writeLock().unlock();
        }
    }

    @Override
    public void close() {
        inUse.writeLock().lock();
        try {
            closed = true;
            unload();
        } finally {
            inUse.writeLock().unlock();
        }
    }

    private void unload() {
        loaded.ifPresent(engine -> {
            loaded = Optional.empty();
            engine.close();
            whenUnloaded.run();
        });
    }

    private void loadAgain() {
        inUse.writeLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the model is closed");
            }
            if (loaded.isEmpty()) {
                failure.filter(last -> nanoClock.getAsLong() - last.nanos() < AFTER_FAILURE.toNanos())
                        .ifPresent(last -> {
                            throw last.refusal();
                        });
                loaded = Optional.of(opened());
            }
        } finally {
            inUse.writeLock().unlock();
        }
    }

    private Engine opened() {
        Engine engine;
        try {
            engine = source.get();
        } catch (UnloadableModelException e) {
            LOG.warn("an idle model can't be loaded again", e);
            throw failed(String.valueOf(e.getMessage()));
        } catch (RuntimeException | OutOfMemoryError | LinkageError e) {
            throw failed(ErrorCategory.shown(e, LOG));
        }
        if (engine.kind() != kind || !engine.signature().equals(signature)) {
            engine.close();
            throw failed("its engine is " + engine.kind() + " with " + engine.signature() + ", was " + kind + " with "
                    + signature);
        }
        failure = Optional.empty();
        return engine;
    }

    private RefusedException failed(String why) {
        RefusedException refusal =
                new RefusedException(Refusal.UNAVAILABLE, "the model was idle and can't be loaded again now: " + why);
        failure = Optional.of(new Failure(nanoClock.getAsLong(), refusal));
        return refusal;
    }

    private record Failure(long nanos, RefusedException refusal) {}
}
