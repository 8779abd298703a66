package io.catwalk.journal.job;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;

import io.catwalk.journal.Event;
import io.catwalk.journal.EventSink;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.Retry;
import io.catwalk.journal.RetryingPublisher;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.supervision.Supervisor;
import org.jspecify.annotations.Nullable;

/**
 * Publishes one journal's events in the order of its entries, each after the one before was acknowledged, for as long as it
 * takes. A broker that is away delays only what waits here.
 */
final class Outbox implements AutoCloseable {
    private final RetryingPublisher publisher;
    private final BlockingQueue<Publication> waiting = new LinkedBlockingQueue<>();
    private final CompletableFuture<Void> failed = new CompletableFuture<>();
    private final Thread thread;
    private volatile CompletableFuture<Void> newest = CompletableFuture.completedFuture(null);
    private volatile long published;
    /** The publisher thread's own; stays when its task is started again. */
    private @Nullable Publication current;

    /** @param published the highest entry that was acknowledged before */
    Outbox(EventSink sink, Retry retry, Supervisor supervisor, long published, String name) {
        this.publisher = new RetryingPublisher(sink, retry);
        this.published = published;
        this.thread = supervisor.start(name, this::publishAll);
    }

    /** Adds the journal's next entry; one without an event counts as published in its turn. Not for two threads at a time. */
    void add(Numbered entry) {
        Publication next = new Publication(entry, new CompletableFuture<>());
        newest = next.acknowledged();
        waiting.add(next);
    }

    /** The highest entry that is acknowledged, with all before it. */
    long published() {
        return published;
    }

    /**
     * Waits until all entries that were added are acknowledged.
     *
     * @throws UnknownEntryException when this release can't publish one of them
     */
    void awaitPublished() throws InterruptedException {
        try {
            CompletableFuture.anyOf(newest, failed).get();
        } catch (ExecutionException e) {
            throw new UnknownEntryException(e.getCause().getMessage(), e.getCause());
        }
    }

    /** Publishes an event that is no entry of this journal, and waits for its acknowledgement. */
    void publishNow(String id, Event event) throws InterruptedException {
        publisher.publish(id, event);
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void publishAll() throws InterruptedException {
        try {
            while (true) {
                Publication next = current == null ? waiting.take() : current;
                current = next;
                Numbered entry = next.entry();
                if (entry.entry().event().isPresent()) {
                    publishNow(entry.eventId(), entry.entry().event().get());
                }
                published = entry.number();
                next.acknowledged().complete(null);
                current = null;
            }
        } catch (UnknownEntryException e) {
            failed.completeExceptionally(e);
        }
    }

    private record Publication(Numbered entry, CompletableFuture<Void> acknowledged) {}
}
