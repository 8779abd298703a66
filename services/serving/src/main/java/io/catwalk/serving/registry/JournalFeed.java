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
 * Adds decisions that are in the journals but not in the topics, on its own thread, each time the topics have been read to
 * their ends; retries while the store is unavailable.
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

    /** @param retry the pause before a retry */
    JournalFeed(RegistryJournals journals, ModelRegistry registry, Duration retry) {
        this.journals = journals;
        this.registry = registry;
        this.retry = retry;
        this.thread = Supervisor.ofProcess().unstarted("registry-journals", this::run);
    }

    void start() {
        thread.start();
    }

    /** Triggers a read of the journals. */
    void poll() {
        wanted.release();
    }

    /**
     * Whether the registry has all decisions that the journals had when they were first read. While the store is unavailable,
     * non-empty topics count as complete, so that cached models are served. Never changes back to false.
     */
    boolean complete() {
        return complete;
    }

    /** Why the journals couldn't be read, or which of them. */
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

    /** @return whether the store answered */
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
