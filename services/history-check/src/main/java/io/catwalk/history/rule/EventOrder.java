package io.catwalk.history.rule;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

import io.catwalk.history.snapshot.EventsSnapshot;
import io.catwalk.history.topic.TopicExtent;
import io.catwalk.history.topic.TopicRecord;
import io.catwalk.journal.Numbered;

/**
 * On each partition a journal's events came in the order of its entries, repetitions apart. Where records before them were
 * deleted, their first ones may be repetitions: then only a journal is judged whose first event is still the first.
 */
public final class EventOrder implements Rule<EventsSnapshot> {
    @Override
    public String name() {
        return "event-order";
    }

    @Override
    public void check(EventsSnapshot events, Finder finder) {
        Map<String, List<TopicRecord>> partitions = events.records().stream()
                .collect(Collectors.groupingBy(record -> record.topic() + "-" + record.partition()));
        partitions.values().forEach(records -> check(events, records, finder));
    }

    private static void check(EventsSnapshot events, List<TopicRecord> records, Finder finder) {
        List<TopicRecord> ordered = records.stream()
                .sorted(Comparator.comparingLong(TopicRecord::offset))
                .toList();
        if (!isJudged(events, ordered.getFirst())) {
            return;
        }
        Set<Long> seen = new HashSet<>();
        TopicRecord last = ordered.getFirst();
        for (TopicRecord record : ordered) {
            if (!seen.add(record.number())) {
                continue;
            }
            if (record.number() < last.number()) {
                finder.find(
                        record.place(),
                        record.id() + " before " + last.id() + ", which is at " + last.place(),
                        "it came after it",
                        "look at the log of the writer of these entries: consumers may have seen them out of order");
            } else {
                last = record;
            }
        }
    }

    private static boolean isJudged(EventsSnapshot events, TopicRecord first) {
        Optional<TopicExtent> extent = Optional.ofNullable(events.extents().get(first.topic()));
        OptionalLong lowest = events.journal().entries().stream()
                .filter(entry -> EventsSnapshot.promised(entry)
                        .filter(event -> event.type().equals(first.topic()))
                        .isPresent())
                .mapToLong(Numbered::number)
                .min();
        boolean whole = extent.filter(known -> known.isWhole(first.partition())).isPresent();
        boolean compacted = extent.filter(TopicExtent::compacted).isPresent();
        return whole || !compacted && lowest.isPresent() && lowest.getAsLong() == first.number();
    }
}
