package io.catwalk.history.rule;

import io.catwalk.history.snapshot.RequestSnapshot;
import io.catwalk.history.topic.TopicRecord;

/** Each request that its consumer has acknowledged is a job or a promotion, or a dead letter. */
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
                        : "a journal of " + record.unit() + ", or a dead letter",
                "neither, though it is acknowledged",
                "request it again; see whether the bucket was restored to a time before it");
    }
}
