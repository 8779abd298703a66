package io.catwalk.serving.registry;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

import io.catwalk.objectstore.StoreRefusedException;
import io.catwalk.objectstore.StoreUnavailableException;
import io.catwalk.supervision.Supervisor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Adds what the journals have and the topics haven't, on a thread of its own, each time that the topics have been read to
 * their ends; while the store can't be asked it asks again.
 */
final class JournalFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(JournalFeed.class);

    private final RegistryJournals journals;
    private final ModelRegistry registry;
    private final Duration retry;
    private final Semaphore wanted = new Semaphore(0);
    private final Thread thread;
    private volatile boolean complete;
    private volatile String trouble = "the labels' lines haven't been read yet";

    /** @param retry the pause before the store is asked again */
    JournalFeed(RegistryJournals journals, ModelRegistry registry, Duration retry) {
        this.journals = journals;
        this.registry = registry;
        this.retry = retry;
        this.thread = Supervisor.ofProcess().unstarted("registry-journals", this::run);
    }

    void start() {
        thread.start();
    }

    /** Asks for a look into the journals. */
    void look() {
        wanted.release();
    }

    /**
     * Whether the registry holds what the journals had decided when they were first looked at. While the store can't be asked,
     * topics that hold something are believed to hold all, so that models in the cache are served. Once true it stays so.
     */
    boolean complete() {
        return complete;
    }

    /** Why the journals couldn't be read, or which. */
    Optional<String> trouble() {
        return Optional.of(trouble).filter(text -> !text.isEmpty());
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() throws InterruptedException {
        while (true) {
            wanted.acquire();
            wanted.drainPermits();
            boolean read = false;
            try {
                read = addMissing();
            } finally {
                if (!read) {
                    wanted.release();
                }
            }
            registry.announce();
            if (!read) {
                Thread.sleep(retry);
            }
        }
    }

    /** @return whether the store could be asked */
    private boolean addMissing() {
        try {
            List<String> unreadable = journals.addMissing();
            trouble = unreadable.isEmpty() ? "" : "can't be read from the bucket: " + String.join("; ", unreadable);
            complete = true;
            return true;
        } catch (StoreUnavailableException | StoreRefusedException e) {
            report(e.getMessage());
            complete |= !registry.models().isEmpty();
            return false;
        }
    }

    private void report(String message) {
        String now = registry.models().isEmpty()
                ? "the topics hold no model, and the store can't be asked for any: " + message
                : "the store can't be asked for what the topics may lack: " + message;
        if (!now.equals(trouble)) {
            LOG.warn("{}; still trying", now);
        }
        trouble = now;
    }
}
