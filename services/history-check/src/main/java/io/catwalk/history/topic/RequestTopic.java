package io.catwalk.history.topic;

import java.util.List;
import java.util.Optional;

import io.catwalk.events.EventType;
import io.catwalk.objectstore.JobKind;

/**
 * A topic each of whose records becomes a job, unless it is refused as a dead letter.
 *
 * @param group the consumer group that receives it
 */
public record RequestTopic(EventType<?> type, JobKind kind, String group) {
    /** Records on {@code promotion-requested} without a weight move a label and become no job. */
    public static final List<RequestTopic> ALL = List.of(
            new RequestTopic(EventType.DATASET_REQUESTED, JobKind.INGESTION, "ingestion"),
            new RequestTopic(EventType.TRAINING_REQUESTED, JobKind.RUN, "training"),
            new RequestTopic(EventType.SWEEP_REQUESTED, JobKind.SWEEP, "training"),
            new RequestTopic(EventType.TRAINING_COMPLETED, JobKind.EVALUATION, "evaluation"),
            new RequestTopic(EventType.PROMOTION_REQUESTED, JobKind.ROLLOUT, "evaluation"));

    static Optional<RequestTopic> of(EventType<?> type) {
        return ALL.stream().filter(topic -> topic.type().equals(type)).findFirst();
    }
}
