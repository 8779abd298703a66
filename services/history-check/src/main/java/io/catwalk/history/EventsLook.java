package io.catwalk.history;

import java.util.List;
import java.util.function.Predicate;

import io.catwalk.history.snapshot.EventsSnapshot;
import io.catwalk.history.snapshot.JournalSnapshot;
import io.catwalk.history.snapshot.RecordsSnapshot;
import io.catwalk.history.topic.TopicRecord;
import io.catwalk.journal.Numbered;
import io.catwalk.objectstore.Folder;

/** Looks at events: at those of a journal beside its entries, and at those without a journal. */
final class EventsLook {
    private final LookContext context;

    EventsLook(LookContext context) {
        this.context = context;
    }

    /** @param due whether an entry's event must be published by now */
    void check(String unit, JournalSnapshot journal, Predicate<Numbered> due, List<TopicRecord> records) {
        EventsSnapshot events = new EventsSnapshot(
                unit,
                journal,
                due,
                records,
                context.topics().extents(),
                context.settings().topicsSince());
        context.apply(context.rules().events(), unit, events);
    }

    /** Records whose ids name a journal that isn't there. */
    void checkWithoutJournal(String unit, List<TopicRecord> records) {
        JournalSnapshot none =
                new JournalSnapshot(new Folder(unit + "/journal/"), List.of(), List.of(), List.of(), List.of());
        check(unit, none, entry -> false, records);
    }

    /** Records that belong to no journal. */
    void checkOthers() {
        // What its consumer has refused nobody believes.
        context.topics().unplaced().stream()
                .filter(record -> !context.topics().deadLetters().hold(record))
                .forEach(record -> context.apply(context.rules().misplaced(), record.unit(), record));
        for (int bucket = 0; bucket < context.topics().buckets(); bucket++) {
            context.topics()
                    .others(bucket)
                    .forEach((id, records) -> context.apply(
                            context.rules().repeated(), records.getFirst().unit(), new RecordsSnapshot(id, records)));
        }
    }
}
