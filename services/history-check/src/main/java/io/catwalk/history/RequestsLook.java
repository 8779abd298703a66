package io.catwalk.history;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

import io.catwalk.history.snapshot.RequestSnapshot;
import io.catwalk.history.topic.TopicRecord;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;

/** Looks at the records of requests. */
final class RequestsLook {
    private final LookContext context;
    private final AtomicLong pending = new AtomicLong();

    RequestsLook(LookContext context) {
        this.context = context;
    }

    /** @param accepted whether there is the job that they ask for */
    void check(List<TopicRecord> requests, boolean accepted) {
        requests.forEach(request -> check(request, accepted));
    }

    /** Requests for which there is no job: that of a promotion has its claim. */
    void checkWithoutJob(List<TopicRecord> requests) {
        check(requests, isPromotion(requests.getFirst()));
    }

    /** How many aren't acknowledged. */
    long pending() {
        return pending.get();
    }

    private void check(TopicRecord request, boolean accepted) {
        boolean acknowledged = context.topics().isAcknowledged(request);
        boolean refused = context.topics().deadLetters().hold(request);
        if (!accepted && !refused && !acknowledged) {
            pending.incrementAndGet();
        }
        boolean kept = Optional.ofNullable(context.topics().extents().get("dead-letters"))
                .filter(letters -> letters.reachesBackTo(Instant.ofEpochMilli(request.timestamp())))
                .isPresent();
        context.apply(
                context.rules().requests(),
                request.unit(),
                new RequestSnapshot(request, accepted, refused, acknowledged, kept));
    }

    private boolean isPromotion(TopicRecord request) {
        return request.unit().startsWith(JobKind.ROLLOUT.folder() + "/")
                && Name.isValid(request.id())
                && context.bucket().claim(new Name(request.id())).isPresent();
    }
}
