package io.catwalk.journal.job;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;

import io.catwalk.journal.Event;
import io.catwalk.journal.EventSink;
import io.catwalk.journal.Failpoint;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.Retry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells one journal's events in the order of its entries, each after the last was acknowledged, for as long as it takes.
 * A broker that is away delays what waits here and nothing else.
 */
final class Outbox implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final EventSink sink;
    private final Retry retry;
    private final Deque<Numbered> waiting = new ArrayDeque<>();
    private final Thread teller;
    private long told;

    /** @param told the highest entry that was acknowledged before */
    Outbox(EventSink sink, Retry retry, long told, String name) {
        this.sink = sink;
        this.retry = retry;
        this.told = told;
        this.teller = Thread.ofPlatform().daemon().name(name).start(this::tellAll);
    }

    /** Takes the next entry of the journal; one without an event counts as told in its turn. */
    synchronized void add(Numbered entry) {
        waiting.add(entry);
        notifyAll();
    }

    /** The highest entry that is acknowledged, with all before it. */
    synchronized long told() {
        return told;
    }

    /** Waits until an entry, and so all before it, is acknowledged. */
    synchronized void awaitTold(long number) throws InterruptedException {
        while (told < number) {
            wait();
        }
    }

    /** Tells an event that is no entry of this journal, and waits for its acknowledgement. */
    void tellNow(String id, Event event) throws InterruptedException {
        for (int failures = 0; ; failures++) {
            try {
                Failpoint.reach("tell." + event.type() + ".before");
                sink.tell(id, event).toCompletableFuture().get();
                Failpoint.reach("tell." + event.type() + ".after");
                return;
            } catch (ExecutionException | IllegalStateException e) {
                LOG.warn("can't tell {} {}: {}; trying again", event.type(), id, e.getMessage());
                retry.pause(failures);
            }
        }
    }

    @Override
    public void close() {
        teller.interrupt();
    }

    private void tellAll() {
        try {
            while (true) {
                Numbered entry = next();
                if (entry.entry().event().isPresent()) {
                    tellNow(entry.eventId(), entry.entry().event().get());
                }
                acknowledge(entry.number());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Numbered next() throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
        return waiting.remove();
    }

    private synchronized void acknowledge(long number) {
        told = number;
        notifyAll();
    }
}
