package io.catwalk.history.rule;

import io.catwalk.history.snapshot.RequestSnapshot;
import io.catwalk.history.topic.RequestTopic;
import io.catwalk.history.topic.TopicRecord;

/**
 * Each request that its consumer has acknowledged is a job or a promotion, or a dead letter; each cancel stands in its job's journal,
 * which needn't have it if the job had its result first.
 */
public final class RequestsAccepted implements Rule<RequestSnapshot> {
    @Override
    public String name() {
        return "requests-accepted";
    }

    @Override
    public void check(RequestSnapshot request, Finder finder) {
        if (request.accepted() || request.deadLettered() || !request.acknowledged() || !request.refusalsKept()) {
            return;
        }
        TopicRecord record = request.request();
        finder.find(
                record.place(),
                record.id().isEmpty()
                        ? "a dead letter, as it isn't a request"
                        : accepted(record) + ", or a dead letter",
                "neither, though it is acknowledged",
                "request it again; see whether the bucket was restored to a time before it");
    }

    private static String accepted(TopicRecord request) {
        return (RequestTopic.of(request).cancels() ? "a cancel or a result in the journal of " : "a journal of ")
                + request.unit();
    }
}
