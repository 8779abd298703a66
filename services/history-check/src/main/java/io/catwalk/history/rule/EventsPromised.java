package io.catwalk.history.rule;

import java.util.Optional;

import io.catwalk.history.snapshot.EventsSnapshot;
import io.catwalk.history.topic.TopicRecord;
import io.catwalk.journal.Event;
import io.catwalk.journal.Numbered;

/** Each record on a topic of facts is the event of the journal's entry that its id names. */
public final class EventsPromised implements Rule<EventsSnapshot> {
    static final String NEXT =
            "find out who sent it: no service publishes what no entry says; consumers may have believed it";

    @Override
    public String name() {
        return "events-promised";
    }

    @Override
    public void check(EventsSnapshot events, Finder finder) {
        for (TopicRecord record : events.records()) {
            Optional<Numbered> entry = events.journal().entry(record.number());
            Optional<Event> promised = entry.flatMap(EventsSnapshot::promised);
            boolean hidden = events.journal().unreadable().stream()
                    .anyMatch(unreadable -> unreadable.number() == record.number());
            if (!hidden
                    && promised.filter(event -> event.type().equals(record.topic()))
                            .isEmpty()) {
                finder.find(
                        record.place(),
                        "a " + record.topic() + " of entry " + record.id(),
                        promised.map(event -> "an entry that promises " + event.type())
                                .orElse(entry.isPresent() ? "an entry without an event of its own" : "no such entry"),
                        NEXT);
            }
        }
    }
}
