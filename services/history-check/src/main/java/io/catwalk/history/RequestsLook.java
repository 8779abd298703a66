package io.catwalk.history;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.history.snapshot.JobSnapshot;
import io.catwalk.history.snapshot.RequestSnapshot;
import io.catwalk.history.topic.RequestTopic;
import io.catwalk.history.topic.TopicRecord;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;

/** Looks at the records of requests. */
final class RequestsLook {
    private final LookContext context;
    private final AtomicLong pending = new AtomicLong();
    /** Of the entries of labels' journals. */
    private final Map<Folder, Set<String>> causes = new ConcurrentHashMap<>();

    RequestsLook(LookContext context) {
        this.context = context;
    }

    /** Requests of a job or of its end. A cancel that came before the job's request stands alone in its journal. */
    void check(List<TopicRecord> requests, JobSnapshot job) {
        boolean asked = !job.journal().numbers().isEmpty() && !job.isOnlyCancelled();
        requests.forEach(request -> check(request, isCancel(request) ? job.isCancelledOrEnded() : asked));
    }

    /** Requests for which there is no job: that of a promotion has an entry in the label's journal. */
    void checkWithoutJob(List<TopicRecord> requests) {
        requests.forEach(request -> check(request, !isCancel(request) && isPromotion(request)));
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

    private static boolean isCancel(TopicRecord request) {
        return RequestTopic.of(request).cancels();
    }

    private boolean isPromotion(TopicRecord request) {
        return request.unit().startsWith(JobKind.ROLLOUT.folder() + "/")
                && Name.isValid(request.id())
                && context.bucket()
                        .claim(new Name(request.id()))
                        .filter(claim -> hasEntry(claim, "promotions/" + request.id()))
                        .isPresent();
    }

    /** Whether the journal of the label that a promotion's id was claimed for has its entry. */
    private boolean hasEntry(JsonNode claim, String cause) {
        String model = claim.path("model").asText();
        String label = claim.path("label").asText();
        return Name.isValid(model)
                && Name.isValid(label)
                && causes.computeIfAbsent(
                                Artifacts.labelJournal(new Name(model), new Name(label)), context.bucket()::causes)
                        .contains(cause);
    }
}
