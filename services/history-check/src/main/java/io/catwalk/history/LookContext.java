package io.catwalk.history;

import java.util.List;
import java.util.function.Predicate;

import io.catwalk.history.rule.Rule;
import io.catwalk.history.rule.Rules;
import io.catwalk.history.snapshot.BucketReader;
import io.catwalk.history.topic.TopicHistory;

/**
 * What the parts of one look share.
 *
 * @param units which jobs, journals, models and topics are looked at
 * @param readers threads that read from the bucket
 */
record LookContext(
        BucketReader bucket,
        TopicHistory topics,
        CheckSettings settings,
        Predicate<String> units,
        JobStands stands,
        Rules rules,
        Findings findings,
        Progress progress,
        StoreReaders readers) {

    <S> void apply(List<? extends Rule<? super S>> some, String unit, S snapshot) {
        findings.apply(some, unit, snapshot);
    }
}
