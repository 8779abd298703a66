package io.catwalk.evaluation.rollout.replay;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/** The newest of some requests, by the timestamps of their records. Not thread-safe. */
final class NewestRequests {
    private static final Comparator<LoggedRequest> BY_AGE = Comparator.comparing(
            LoggedRequest::place,
            Comparator.comparingLong(LoggedRequest.Place::timestamp)
                    .thenComparingInt(LoggedRequest.Place::partition)
                    .thenComparingLong(LoggedRequest.Place::offset));

    private final int most;
    private final long mostBytes;
    private final PriorityQueue<LoggedRequest> oldestFirst = new PriorityQueue<>(BY_AGE);
    private final Set<String> known = new HashSet<>();
    private long bytes;
    private boolean full;

    /**
     * @param most requests
     * @param mostBytes of their images
     */
    NewestRequests(int most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /**
     * Takes a request, and gives up the oldest for it where there is no room.
     *
     * @param event names it
     * @return false for one that has come before
     */
    boolean add(String event, LoggedRequest request) {
        if (!known.add(event)) {
            return false;
        }
        oldestFirst.add(request);
        bytes += request.bytes();
        while (oldestFirst.size() > most || bytes > mostBytes) {
            bytes -= oldestFirst.remove().bytes();
            full = true;
        }
        full |= oldestFirst.size() == most;
        return true;
    }

    /** Whether older ones find no room. */
    boolean full() {
        return full;
    }

    List<LoggedRequest> newestFirst() {
        return oldestFirst.stream().sorted(BY_AGE.reversed()).toList();
    }
}
