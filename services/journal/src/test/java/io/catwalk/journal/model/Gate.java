package io.catwalk.journal.model;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.catwalk.journal.FlakyStore;
import org.jspecify.annotations.Nullable;

/** Where the calls of one real process wait, each thread's by its role, until their steps come. */
final class Gate {
    private static final Duration PAUSE = Duration.ofNanos(50_000);
    private static final int YIELDS = 100;

    private final Map<String, Waiting> waiting = new HashMap<>();
    private final Map<String, Thread> threads = new HashMap<>();
    private final Set<String> calling = new HashSet<>();
    private boolean dead;

    /** One call that waits. */
    private static final class Waiting {
        private final String call;
        private @Nullable Delivery delivery;

        Waiting(String call) {
            this.call = call;
        }
    }

    /**
     * Waits for the step of a call, which is to be followed by {@link #called}.
     *
     * @return what is to become of the call
     */
    synchronized Delivery pass(String role, String call) throws InterruptedException {
        Waiting mine = new Waiting(call);
        waiting.put(role, mine);
        threads.put(role, Thread.currentThread());
        notifyAll();
        try {
            while (mine.delivery == null && !dead) {
                wait();
            }
            requireAlive();
            return mine.delivery;
        } finally {
            waiting.remove(role, mine);
            notifyAll();
        }
    }

    /** The call has had its effect. */
    synchronized void called(String role) {
        calling.remove(role);
        notifyAll();
    }

    /** @throws FlakyStore.Died once the process is killed */
    synchronized void requireAlive() {
        if (dead) {
            throw new FlakyStore.Died();
        }
    }

    /** The step of a call that waits. */
    synchronized void release(String role, Delivery delivery) {
        waiting.get(role).delivery = delivery;
        calling.add(role);
        notifyAll();
    }

    /** The calls that wait, by their threads' roles. */
    synchronized Map<String, String> calls() {
        Map<String, String> calls = new HashMap<>();
        waiting.forEach((role, mine) -> {
            if (mine.delivery == null) {
                calls.put(role, mine.call);
            }
        });
        return calls;
    }

    /** Whether a call whose step has come hasn't had its effect yet. */
    synchronized boolean isCalling() {
        return !calling.isEmpty();
    }

    /** Whether no thread of that role is on its way from one call to the next. */
    synchronized boolean isIdle(String role) {
        Thread thread = threads.get(role);
        return !waiting.containsKey(role)
                && (thread == null
                        || thread.getState() == Thread.State.WAITING
                        || thread.getState() == Thread.State.TERMINATED);
    }

    /** No call has an effect from now on. */
    synchronized void kill() {
        dead = true;
        notifyAll();
    }

    /** False when it doesn't come true. It is made true by other threads, soon: so this yields rather than sleeps. */
    static boolean await(BooleanSupplier condition, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        for (int turn = 0; !condition.getAsBoolean(); turn++) {
            if (System.nanoTime() > end) {
                return false;
            }
            if (turn < YIELDS) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
        return true;
    }
}
