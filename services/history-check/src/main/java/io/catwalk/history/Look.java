package io.catwalk.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

import io.catwalk.history.content.NamedContent;
import io.catwalk.history.content.StoredContent;
import io.catwalk.history.rule.Rules;
import io.catwalk.history.snapshot.BucketReader;
import io.catwalk.history.topic.TopicExtent;
import io.catwalk.history.topic.TopicHistory;
import io.catwalk.journal.Retry;
import io.catwalk.objectstore.ObjectStore;

/**
 * What one look at bucket and topics has shown.
 *
 * @param rules their names, in order
 */
record Look(List<String> rules, Findings findings, List<String> notes) {
    /**
     * Applies all rules.
     *
     * @param topics as they were read just before
     * @param units what they are applied to
     * @param hashed which of the named content is read, by its key
     */
    static Look at(
            ObjectStore store,
            Retry retry,
            TopicHistory topics,
            CheckSettings settings,
            Predicate<String> units,
            Predicate<String> hashed,
            Progress progress)
            throws InterruptedException {
        BucketReader bucket = new BucketReader(store, retry);
        JobStands stands = new JobStands(bucket);
        Rules rules = Rules.all(stands::of, bucket::manifestDigest);
        Findings findings = new Findings();
        try (NamedContent named = new NamedContent(bucket);
                StoreReaders readers = new StoreReaders(settings.readers())) {
            LookContext context =
                    new LookContext(bucket, topics, settings, units, stands, rules, findings, progress, readers);
            EventsLook events = new EventsLook(context);
            RequestsLook requests = new RequestsLook(context);
            JobsLook jobs = new JobsLook(context, events, requests, named);
            new DecisionsLook(context, events, named, jobs.check()).check();
            events.checkOthers();
            new ContentLook(context, named, new StoredContent(store, retry)).check(hashed);
            return new Look(rules.names(), findings, notes(topics, jobs.open(), requests.pending()));
        }
    }

    private static List<String> notes(TopicHistory topics, long open, long pending) {
        List<String> notes = new ArrayList<>();
        topics.deadLetters()
                .counts()
                .forEach((topic, count) -> notes.add("dead letters of %s: %d".formatted(topic, count)));
        if (open > 0) {
            notes.add("jobs that aren't closed yet: " + open);
        }
        if (pending > 0) {
            notes.add("requests that aren't acknowledged yet: " + pending);
        }
        topics.extents().values().stream()
                .sorted(Comparator.comparing(TopicExtent::name))
                .flatMap(extent -> extent.limits().stream())
                .forEach(notes::add);
        return notes;
    }
}
