package io.catwalk.journal.job;

import java.util.ArrayDeque;
import java.util.Deque;

import io.catwalk.journal.Event;
import io.catwalk.journal.EventSink;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.Retry;
import io.catwalk.journal.RetryingPublisher;
import io.catwalk.journal.UnknownEntryException;
import io.catwalk.supervision.Supervisor;
import org.jspecify.annotations.Nullable;

/**
 * Tells one journal's events in the order of its entries, each after the last was acknowledged, for as long as it takes.
 * A broker that is away delays what waits here and nothing else.
 */
final class Outbox implements AutoCloseable {
    private final RetryingPublisher publisher;
    private final Deque<Numbered> waiting = new ArrayDeque<>();
    private final Thread thread;
    private long published;
    private @Nullable UnknownEntryException unknown;

    /** @param published the highest entry that was acknowledged before */
    Outbox(EventSink sink, Retry retry, Supervisor supervisor, long published, String name) {
        this.publisher = new RetryingPublisher(sink, retry);
        this.published = published;
        this.thread = supervisor.start(name, this::publishAll);
    }

    /** Takes the next entry of the journal; one without an event counts as told in its turn. */
    synchronized void add(Numbered entry) {
        waiting.add(entry);
        notifyAll();
    }

    /** The highest entry that is acknowledged, with all before it. */
    synchronized long published() {
        return published;
    }

    /**
     * Waits until an entry, and so all before it, is acknowledged.
     *
     * @throws UnknownEntryException when one of them can't be told by this release
     */
    synchronized void awaitPublished(long number) throws InterruptedException {
        while (published < number) {
            if (unknown != null) {
                throw new UnknownEntryException(unknown.getMessage(), unknown);
            }
            wait();
        }
    }

    /** Tells an event that is no entry of this journal, and waits for its acknowledgement. */
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
                Numbered entry = next();
                if (entry.entry().event().isPresent()) {
                    publishNow(entry.eventId(), entry.entry().event().get());
                }
                acknowledge(entry.number());
            }
        } catch (UnknownEntryException e) {
            giveUp(e);
        }
    }

    /** Stays first until it is acknowledged. */
    private synchronized Numbered next() throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
        return waiting.getFirst();
    }

    private synchronized void acknowledge(long number) {
        waiting.remove();
        published = number;
        notifyAll();
    }

    private synchronized void giveUp(UnknownEntryException e) {
        unknown = e;
        notifyAll();
    }
}
