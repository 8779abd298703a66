package io.catwalk.history.rule;

import io.catwalk.history.snapshot.RecordsSnapshot;
import io.catwalk.history.topic.TopicRecord;

/** Records of one id say the same, also of events that are no entry of a journal. */
public final class RepeatedEvents implements Rule<RecordsSnapshot> {
    @Override
    public String name() {
        return "repeated-events";
    }

    @Override
    public void check(RecordsSnapshot event, Finder finder) {
        TopicRecord first = event.records().getFirst();
        event.records().stream()
                .filter(record -> !record.fingerprint().equals(first.fingerprint()))
                .forEach(record -> finder.find(
                        record.place(),
                        "what " + first.place() + " says, as both have the id " + record.id(),
                        "other content",
                        "look for two replicas of serving with one name, which share their ids"));
    }
}
