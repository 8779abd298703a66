package io.catwalk.history.rule;

import java.util.Set;
import java.util.stream.Collectors;

import io.catwalk.history.snapshot.EventsSnapshot;
import io.catwalk.history.topic.TopicRecord;
import io.catwalk.journal.Event;
import io.catwalk.journal.Numbered;

/**
 * The event of each entry that is said to be published is on its topic: of a closed job all, of an open one those that its newest
 * entry says the broker has. What retention may have deleted isn't judged.
 */
public final class EventsPublished implements Rule<EventsSnapshot> {
    @Override
    public String name() {
        return "events-published";
    }

    @Override
    public void check(EventsSnapshot events, Finder finder) {
        Set<Long> there = events.records().stream().map(TopicRecord::number).collect(Collectors.toSet());
        for (Numbered entry : events.journal().entries()) {
            EventsSnapshot.promised(entry)
                    .filter(event ->
                            !there.contains(entry.number()) && events.due().test(entry))
                    .filter(event -> events.isJudged(entry, event))
                    .ifPresent(event -> report(entry, event, finder));
        }
    }

    private static void report(Numbered entry, Event event, Finder finder) {
        finder.find(
                entry.eventId(),
                "a record on " + event.type(),
                "none, though its journal says that all is published up to it",
                "publish it again: POST /republish of the service; if the topics were lost, name the time with --topics-since, as "
                        + "only results are republished of runs");
    }
}
