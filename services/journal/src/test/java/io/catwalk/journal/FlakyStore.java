package io.catwalk.journal;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.StoreUnavailableException;
import io.catwalk.supervision.Supervisor;

/**
 * One process's way to the store, and all that can happen on it: answers get lost before or after the effect, writes land
 * after their client gave up, the process is paused, the process dies between any two calls.
 */
public final class FlakyStore {
    private final ObjectStore store;
    private final Random random;
    private final double faults;
    private final Object gate = new Object();
    private boolean paused;
    private volatile int callsLeft = Integer.MAX_VALUE;

    /** @param faults the share of calls that go wrong, 0 to 1 */
    public FlakyStore(ObjectStore store, long seed, double faults) {
        this.store = store;
        this.random = new Random(seed);
        this.faults = faults;
    }

    /** Of a process of its own: a thread that dies by {@link Died} is no news, any other error is printed. */
    public static Supervisor supervisor() {
        return new Supervisor(Duration.ofMillis(5), error -> {
            if (!(error instanceof Died)) {
                error.printStackTrace();
            }
        });
    }

    /** The store as the process sees it. */
    public ObjectStore view() {
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (proxy, method, arguments) -> call(method, arguments));
    }

    /** The process dies after that many more calls. */
    public void dieAfter(int calls) {
        callsLeft = calls;
    }

    /** Every call waits from now on, as under SIGSTOP. */
    public void pause() {
        synchronized (gate) {
            paused = true;
        }
    }

    public void resume() {
        synchronized (gate) {
            paused = false;
            gate.notifyAll();
        }
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        awaitGate();
        if (method.getName().equals("time")) {
            return invoke(method, arguments);
        }
        Fault fault = next();
        switch (fault) {
            case DEATH -> throw new Died();
            case LOST_CALL -> throw new StoreUnavailableException("the call was lost");
            case LATE_EFFECT -> {
                late().execute(() -> land(method, arguments));
                throw new StoreUnavailableException("the call timed out");
            }
            case LOST_ANSWER -> {
                invoke(method, arguments);
                throw new StoreUnavailableException("the answer was lost");
            }
            case DOUBLED_CALL -> {
                invoke(method, arguments);
                return invoke(method, arguments);
            }
            case NONE -> {
                return invoke(method, arguments);
            }
        }
        throw new AssertionError(fault);
    }

    private synchronized Fault next() {
        if (callsLeft-- <= 0) {
            callsLeft = 0;
            return Fault.DEATH;
        }
        if (random.nextDouble() >= faults) {
            return Fault.NONE;
        }
        Fault[] kinds = {Fault.LOST_CALL, Fault.LATE_EFFECT, Fault.LOST_ANSWER, Fault.DOUBLED_CALL};
        return kinds[random.nextInt(kinds.length)];
    }

    private void awaitGate() throws InterruptedException {
        synchronized (gate) {
            while (paused) {
                gate.wait();
            }
        }
    }

    private static Executor late() {
        return CompletableFuture.delayedExecutor(
                ThreadLocalRandom.current().nextInt(30), TimeUnit.MILLISECONDS, ForkJoinPool.commonPool());
    }

    /** A late call lands only if it is one that S3 could still apply: a write that was on its way. */
    private void land(Method method, Object[] arguments) {
        if (method.getName().equals("createIfAbsent")) {
            store.createIfAbsent((ObjectKey) arguments[0], (byte[]) arguments[1]);
        }
    }

    private Object invoke(Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(store, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private enum Fault {
        NONE,
        DEATH,
        LOST_CALL,
        LATE_EFFECT,
        LOST_ANSWER,
        DOUBLED_CALL
    }

    /** The process is gone: nothing in it goes on. */
    public static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }
}
