package io.catwalk.history.topic;

import java.util.List;
import java.util.Optional;

import io.catwalk.events.EventType;
import io.catwalk.objectstore.JobKind;

/**
 * A topic each of whose records asks for a job or for the end of one, unless it is refused as a dead letter.
 *
 * @param group the consumer group that receives it
 * @param cancels whether it asks for an end
 */
public record RequestTopic(EventType<?> type, JobKind kind, String group, boolean cancels) {
    /** Records on {@code promotion-requested} without a weight move a label and become no job. */
    public static final List<RequestTopic> ALL = List.of(
            forJobs(EventType.DATASET_REQUESTED, JobKind.INGESTION, "ingestion"),
            forJobs(EventType.TRAINING_REQUESTED, JobKind.RUN, "training"),
            forJobs(EventType.SWEEP_REQUESTED, JobKind.SWEEP, "training"),
            forJobs(EventType.TRAINING_COMPLETED, JobKind.EVALUATION, "evaluation"),
            forJobs(EventType.PROMOTION_REQUESTED, JobKind.ROLLOUT, "evaluation"),
            forEnds(EventType.DATASET_CANCEL_REQUESTED, JobKind.INGESTION, "ingestion"),
            forEnds(EventType.TRAINING_CANCEL_REQUESTED, JobKind.RUN, "training"),
            forEnds(EventType.SWEEP_CANCEL_REQUESTED, JobKind.SWEEP, "training"),
            forEnds(EventType.ROLLOUT_CANCEL_REQUESTED, JobKind.ROLLOUT, "evaluation"));

    private static RequestTopic forJobs(EventType<?> type, JobKind kind, String group) {
        return new RequestTopic(type, kind, group, false);
    }

    private static RequestTopic forEnds(EventType<?> type, JobKind kind, String group) {
        return new RequestTopic(type, kind, group, true);
    }

    static Optional<RequestTopic> of(EventType<?> type) {
        return ALL.stream().filter(topic -> topic.type().equals(type)).findFirst();
    }

    /** The topic of a request's record. */
    public static RequestTopic of(TopicRecord request) {
        return ALL.stream()
                .filter(topic -> topic.type().topic().equals(request.topic()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(request.place() + " is no request"));
    }
}
