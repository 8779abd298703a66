package io.catwalk.console.live;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.catwalk.console.ConsoleConfig;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** The newest events of each topic and the newest dead letters, and the browsers that hear of more. Its size is bounded. */
@Singleton
public class RecentEvents {
    /** Events that a browser may be behind; then it loses its connection, and asks again. */
    private static final int MOST_BEHIND = 256;

    private final int kept;
    private final int mostListeners;
    private final Map<String, Deque<LiveEvent>> events = new HashMap<>();
    private final Deque<DeadLetter> letters = new ArrayDeque<>();
    private final Set<MultiEmitter<? super LiveEvent>> listeners = ConcurrentHashMap.newKeySet();
    private long last;
    private Optional<Instant> heard = Optional.empty();

    @Inject
    RecentEvents(ConsoleConfig config) {
        this(config.live().kept(), config.live().clients());
    }

    RecentEvents(int kept, int mostListeners) {
        this.kept = kept;
        this.mostListeners = mostListeners;
    }

    /** Keeps an event and tells the browsers. */
    void add(String topic, String key, Instant time, String body) {
        LiveEvent event;
        synchronized (this) {
            event = new LiveEvent(++last, topic, key, time, body);
            push(events.computeIfAbsent(topic, unused -> new ArrayDeque<>()), event);
        }
        listeners.forEach(listener -> listener.emit(event));
    }

    /** Keeps a dead letter and tells the browsers that there is one. */
    void add(DeadLetter letter) {
        synchronized (this) {
            push(letters, letter);
        }
        add("dead-letters", letter.id(), letter.time(), "{}");
    }

    private <T> void push(Deque<T> queue, T item) {
        queue.addFirst(item);
        if (queue.size() > kept) {
            queue.removeLast();
        }
    }

    /** All topics were read up to their ends. */
    synchronized void heard(Instant time) {
        heard = Optional.of(time);
    }

    /** When all topics were last read up to their ends; empty before the first time. */
    public synchronized Optional<Instant> heard() {
        return heard;
    }

    /** The newest first. */
    public synchronized List<LiveEvent> newest(String topic) {
        return List.copyOf(events.getOrDefault(topic, new ArrayDeque<>()));
    }

    /** The newest first. */
    public synchronized List<DeadLetter> deadLetters() {
        return List.copyOf(letters);
    }

    public Optional<DeadLetter> deadLetter(String id) {
        return deadLetters().stream().filter(letter -> letter.id().equals(id)).findFirst();
    }

    /** What comes from now on; empty when too many listen already. */
    public Optional<Multi<LiveEvent>> listen() {
        if (listeners.size() >= mostListeners) {
            return Optional.empty();
        }
        Multi<LiveEvent> stream = Multi.createFrom()
                .<LiveEvent>emitter(
                        emitter -> {
                            listeners.add(emitter);
                            emitter.onTermination(() -> listeners.remove(emitter));
                        },
                        MOST_BEHIND);
        return Optional.of(stream);
    }
}
