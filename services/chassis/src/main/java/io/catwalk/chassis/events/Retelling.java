package io.catwalk.chassis.events;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.catwalk.chassis.reading.Reading;
import io.catwalk.journal.Event;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.line.LineEntry;

/** One round of telling again what journals have decided. A journal that can't be read is named and stops no other. */
public final class Retelling {
    private static final int MOST_NAMED = 100;

    private final EventPublisher publisher;
    private final List<String> unreadable = new ArrayList<>();
    private int told;

    public Retelling(EventPublisher publisher) {
        this.publisher = publisher;
    }

    /**
     * What was told again.
     *
     * @param told how many events
     * @param unreadable journals of which nothing was told as they can't be read, as {@code runs/r1}: the first 100
     */
    public record Retold(int told, List<String> unreadable) {
        public Retold {
            unreadable = List.copyOf(unreadable);
        }
    }

    /** An event of a journal, under its id. */
    public record Told(String id, Event event) {
        /** The event of a job's entry, if it has one. */
        public static Stream<Told> of(Numbered entry) {
            return entry.entry().event().stream().map(event -> new Told(entry.eventId(), event));
        }

        /** The event of a line's entry, if it has one. */
        public static Stream<Told> of(LineEntry entry) {
            return entry.event().stream().map(event -> new Told(entry.eventId(), event));
        }
    }

    /**
     * Tells the events of one journal.
     *
     * @param journal its name, as {@code runs/r1}
     * @throws BrokerUnavailableException when one isn't acknowledged soon
     */
    public void tell(String journal, Supplier<Stream<Told>> events) throws InterruptedException {
        Reading<List<Told>> reading = Reading.of(() -> events.get().toList());
        switch (reading) {
            case Reading.Readable<List<Told>>(List<Told> all) -> {
                for (Told event : all) {
                    publisher.tellNow(event.id(), event.event());
                    told++;
                }
            }
            case Reading.Unreadable<List<Told>> unread -> {
                if (unreadable.size() < MOST_NAMED) {
                    unreadable.add(journal);
                }
            }
        }
    }

    public Retold outcome() {
        return new Retold(told, unreadable);
    }
}
