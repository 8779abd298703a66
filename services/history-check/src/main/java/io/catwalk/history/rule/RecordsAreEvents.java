package io.catwalk.history.rule;

import io.catwalk.history.topic.TopicRecord;

/** Each record on a topic of facts is an event of that topic's type, and its id names an entry where such events have one. */
public final class RecordsAreEvents implements Rule<TopicRecord> {
    @Override
    public String name() {
        return "records-are-events";
    }

    /** @param record one that isn't so */
    @Override
    public void check(TopicRecord record, Finder finder) {
        finder.find(
                record.place(),
                "an event of " + record.topic() + " whose id names an entry",
                record.id().isEmpty() ? "a record that isn't one" : "the id " + record.id(),
                EventsPromised.NEXT);
    }
}
