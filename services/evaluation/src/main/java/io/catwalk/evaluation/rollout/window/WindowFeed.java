package io.catwalk.evaluation.rollout.window;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.catwalk.objectstore.Name;
import io.catwalk.rollout.v1.ServingWindow;

/** Reads serving's windows of one model, in their topic's order, from given offsets on. Used by one thread. */
public interface WindowFeed extends AutoCloseable {
    /**
     * A window in its place.
     *
     * @param offset of its record
     */
    record Placed(int partition, long offset, ServingWindow window) {}

    /**
     * What came meanwhile.
     *
     * @param answering whether the broker answers, and has the topic; if not, silence says nothing
     */
    record Batch(List<Placed> windows, boolean answering) {
        public Batch {
            windows = List.copyOf(windows);
        }
    }

    /** Waits no longer than this. */
    Batch poll(Duration longest) throws InterruptedException;

    @Override
    void close();

    /** Where windows are read. */
    interface Source {
        /**
         * The ends of the topic's partitions, by their numbers; no partition where the broker doesn't answer or has no such
         * topic.
         */
        Map<Integer, Long> ends() throws InterruptedException;

        /** @param offsets where to begin; a partition that isn't named begins with its first record */
        WindowFeed open(Name model, Map<Integer, Long> offsets);
    }
}
