package io.catwalk.chassis.events;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.catwalk.chassis.errors.BrokerUnavailableException;
import io.catwalk.chassis.reading.Reading;
import io.catwalk.journal.Event;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.decision.DecisionEntry;

/** Republishes what journals have decided. A journal that can't be read is named and stops no other. */
public final class Republisher {
    private static final int MOST_NAMED = 100;

    private final EventPublisher publisher;
    private final List<String> unreadable = new ArrayList<>();
    private int published;

    public Republisher(EventPublisher publisher) {
        this.publisher = publisher;
    }

    /**
     * What was republished.
     *
     * @param published how many events
     * @param unreadable journals of which nothing was published as they can't be read, as {@code runs/r1}: the first 100
     */
    public record Republished(int published, List<String> unreadable) {
        public Republished {
            unreadable = List.copyOf(unreadable);
        }
    }

    /** An event of a journal, under its id. */
    public record JournalEvent(String id, Event event) {
        /** The event of a job's entry, if it has one. */
        public static Stream<JournalEvent> of(Numbered entry) {
            return entry.entry().event().stream().map(event -> new JournalEvent(entry.eventId(), event));
        }

        /** The event of a decision journal's entry, if it has one. */
        public static Stream<JournalEvent> of(DecisionEntry entry) {
            return entry.event().stream().map(event -> new JournalEvent(entry.eventId(), event));
        }
    }

    /**
     * Publishes the events of one journal.
     *
     * @param journal its name, as {@code runs/r1}
     * @throws BrokerUnavailableException when one isn't acknowledged soon
     */
    public void publish(String journal, Supplier<Stream<JournalEvent>> events) throws InterruptedException {
        Reading<List<JournalEvent>> reading = Reading.of(() -> events.get().toList());
        switch (reading) {
            case Reading.Readable<List<JournalEvent>>(List<JournalEvent> all) -> {
                for (JournalEvent event : all) {
                    publisher.publishNow(event.id(), event.event());
                    published++;
                }
            }
            case Reading.Unreadable<List<JournalEvent>> unread -> {
                if (unreadable.size() < MOST_NAMED) {
                    unreadable.add(journal);
                }
            }
        }
    }

    public Republished outcome() {
        return new Republished(published, unreadable);
    }
}
