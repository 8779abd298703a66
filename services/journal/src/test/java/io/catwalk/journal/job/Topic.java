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
    private final Map<String, Event> published = new LinkedHashMap<>();
    private volatile boolean away;

    public Topic(long seed) {
        this.random = new Random(seed);
    }

    public void goAway(boolean isAway) {
        away = isAway;
    }

    @Override
    public synchronized CompletionStage<?> publish(String id, Event event) {
        if (away) {
            return CompletableFuture.failedFuture(new IllegalStateException("the broker is away"));
        }
        Event before = published.putIfAbsent(id, event);
        if (before != null) {
            assertThat(event).as("event %s published again", id).isEqualTo(before);
        }
        return random.nextInt(5) == 0
                ? CompletableFuture.failedFuture(new IllegalStateException("the acknowledgement was lost"))
                : CompletableFuture.completedFuture(null);
    }

    /** Events by their ids, in the order of their first publishing. */
    public synchronized Map<String, Event> events() {
        return new LinkedHashMap<>(published);
    }

    /** Ids in the order of their first publishing. */
    public synchronized List<String> ids() {
        return new ArrayList<>(published.keySet());
    }
}
