package io.catwalk.journal;

import java.util.concurrent.ExecutionException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes one event at a time, for as long as it takes until the broker has it. */
public final class RetryingPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(RetryingPublisher.class);

    private final EventSink sink;
    private final Retry retry;

    public RetryingPublisher(EventSink sink, Retry retry) {
        this.sink = sink;
        this.retry = retry;
    }

    /**
     * Publishes an event and waits for its acknowledgement.
     *
     * @throws UnknownEntryException when this release doesn't know such an event
     */
    public void publish(String id, Event event) throws InterruptedException {
        for (int failures = 0; ; failures++) {
            try {
                Failpoint.reach("publish." + event.type() + ".before");
                sink.publish(id, event).toCompletableFuture().get();
                Failpoint.reach("publish." + event.type() + ".after");
                return;
            } catch (ExecutionException | IllegalStateException e) {
                LOG.warn("can't publish {} {}: {}; trying again", event.type(), id, e.getMessage());
                retry.pause(failures);
            }
        }
    }
}
