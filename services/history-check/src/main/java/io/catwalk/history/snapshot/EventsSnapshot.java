package io.catwalk.history.snapshot;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

import io.catwalk.events.EventType;
import io.catwalk.events.Topics;
import io.catwalk.history.topic.TopicExtent;
import io.catwalk.history.topic.TopicRecord;
import io.catwalk.journal.Event;
import io.catwalk.journal.Numbered;

/**
 * The events of one journal, as its entries promise them and as the topics have them.
 *
 * @param due whether an entry's event must be published by now
 * @param records whose ids name its entries, each partition's in order
 * @param topicsSince since when the topics stand, where they were lost
 */
public record EventsSnapshot(
        String unit,
        JournalSnapshot journal,
        Predicate<Numbered> due,
        List<TopicRecord> records,
        Map<String, TopicExtent> extents,
        Optional<Instant> topicsSince) {
    public EventsSnapshot {
        records = List.copyOf(records);
        extents = Map.copyOf(extents);
    }

    /** The event that an entry itself decides; that of another journal's entry, which it only publishes, is promised there. */
    public static Optional<Event> promised(Numbered entry) {
        return entry.entry().event().filter(event -> event.id().isEmpty());
    }

    public static Optional<EventType<?>> type(Event event) {
        return Topics.unprefixed().typeOf(event.type());
    }

    /** Whether the topic must still have an entry's event if it was ever there. */
    public boolean isJudged(Numbered entry, Event event) {
        TopicExtent extent = extents.get(event.type());
        return extent != null
                && extent.reachesBackTo(entry.appended())
                && topicsSince.filter(since -> entry.appended().isBefore(since)).isEmpty();
    }
}
