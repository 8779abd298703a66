package io.catwalk.history.snapshot;

import java.util.List;

import io.catwalk.history.topic.TopicRecord;

/** The records of one id, of an event that is no entry of a journal. */
public record RecordsSnapshot(String id, List<TopicRecord> records) {
    public RecordsSnapshot {
        records = List.copyOf(records);
    }
}
