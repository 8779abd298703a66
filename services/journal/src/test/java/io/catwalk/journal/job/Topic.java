package io.catwalk.journal.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.catwalk.journal.Event;
import io.catwalk.journal.EventSink;

/** What a broker got, with its own faults: an acknowledgement may be lost. */
public final class Topic implements EventSink {
    private final Random random;
    private final Map<String, Event> told = new LinkedHashMap<>();
    private volatile boolean away;

    public Topic(long seed) {
        this.random = new Random(seed);
    }

    public void goAway(boolean isAway) {
        away = isAway;
    }

    @Override
    public synchronized CompletionStage<?> tell(String id, Event event) {
        if (away) {
            return CompletableFuture.failedFuture(new IllegalStateException("the broker is away"));
        }
        Event before = told.putIfAbsent(id, event);
        if (before != null) {
            assertThat(event).as("event %s told again", id).isEqualTo(before);
        }
        return random.nextInt(5) == 0
                ? CompletableFuture.failedFuture(new IllegalStateException("the acknowledgement was lost"))
                : CompletableFuture.completedFuture(null);
    }

    /** Events by their ids, in the order of their first telling. */
    public synchronized Map<String, Event> events() {
        return new LinkedHashMap<>(told);
    }

    /** Ids in the order of their first telling. */
    public synchronized List<String> ids() {
        return new ArrayList<>(told.keySet());
    }
}
