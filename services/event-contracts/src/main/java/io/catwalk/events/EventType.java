package io.catwalk.events;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.catwalk.dataset.v1.DatasetCancelRequested;
import io.catwalk.dataset.v1.DatasetReady;
import io.catwalk.dataset.v1.DatasetRejected;
import io.catwalk.dataset.v1.DatasetRequested;
import io.catwalk.evaluation.v1.EvaluationCompleted;
import io.catwalk.model.v1.ModelPromoted;
import io.catwalk.model.v1.ModelPublished;
import io.catwalk.model.v1.ModelRejected;
import io.catwalk.model.v1.PromotionRequested;
import io.catwalk.rollout.v1.RolloutAdvanced;
import io.catwalk.rollout.v1.RolloutCancelRequested;
import io.catwalk.rollout.v1.RolloutCompleted;
import io.catwalk.rollout.v1.RolloutStarted;
import io.catwalk.rollout.v1.ServingWindow;
import io.catwalk.serving.v1.DriftDetected;
import io.catwalk.serving.v1.InferenceLogged;
import io.catwalk.sweep.v1.SweepCancelRequested;
import io.catwalk.sweep.v1.SweepCompleted;
import io.catwalk.sweep.v1.SweepRequested;
import io.catwalk.training.v1.EpochCompleted;
import io.catwalk.training.v1.TrainingCancelRequested;
import io.catwalk.training.v1.TrainingCompleted;
import io.catwalk.training.v1.TrainingFailed;
import io.catwalk.training.v1.TrainingRequested;
import io.catwalk.training.v1.TrainingStarted;

/**
 * One kind of event: the message that it carries, the topic that holds it, and how its record's key is made.
 *
 * @param <M> the payload's message
 */
public final class EventType<M extends Message> {
    public static final EventType<DatasetRequested> DATASET_REQUESTED =
            request("dataset-requested", DatasetRequested.getDefaultInstance(), "ingestion_id", PictureRules::check);

    public static final EventType<DatasetCancelRequested> DATASET_CANCEL_REQUESTED =
            request("dataset-cancel-requested", DatasetCancelRequested.getDefaultInstance(), "ingestion_id");

    public static final EventType<DatasetReady> DATASET_READY =
            fact("dataset-ready", DatasetReady.getDefaultInstance(), DatasetReady::getDataset);

    public static final EventType<DatasetRejected> DATASET_REJECTED =
            fact("dataset-rejected", DatasetRejected.getDefaultInstance(), DatasetRejected::getDataset);

    public static final EventType<TrainingRequested> TRAINING_REQUESTED =
            request("training-requested", TrainingRequested.getDefaultInstance(), "run_id");

    public static final EventType<TrainingCancelRequested> TRAINING_CANCEL_REQUESTED =
            request("training-cancel-requested", TrainingCancelRequested.getDefaultInstance(), "run_id");

    public static final EventType<TrainingStarted> TRAINING_STARTED =
            fact("training-started", TrainingStarted.getDefaultInstance(), TrainingStarted::getRunId);

    public static final EventType<EpochCompleted> EPOCH_COMPLETED =
            fact("epoch-completed", EpochCompleted.getDefaultInstance(), EpochCompleted::getRunId);

    public static final EventType<TrainingCompleted> TRAINING_COMPLETED =
            fact("training-completed", TrainingCompleted.getDefaultInstance(), TrainingCompleted::getRunId);

    public static final EventType<TrainingFailed> TRAINING_FAILED =
            fact("training-failed", TrainingFailed.getDefaultInstance(), TrainingFailed::getRunId);

    public static final EventType<EvaluationCompleted> EVALUATION_COMPLETED =
            fact("evaluation-completed", EvaluationCompleted.getDefaultInstance(), EvaluationCompleted::getRunId);

    public static final EventType<ModelPublished> MODEL_PUBLISHED = fact(
            "model-published",
            ModelPublished.getDefaultInstance(),
            published -> published.getModel() + "/" + published.getVersion());

    public static final EventType<ModelPromoted> MODEL_PROMOTED = fact(
            "model-promoted",
            ModelPromoted.getDefaultInstance(),
            promoted -> promoted.getModel() + "/" + promoted.getLabel());

    public static final EventType<ModelRejected> MODEL_REJECTED =
            fact("model-rejected", ModelRejected.getDefaultInstance(), ModelRejected::getRunId);

    public static final EventType<PromotionRequested> PROMOTION_REQUESTED =
            request("promotion-requested", PromotionRequested.getDefaultInstance(), "promotion_id");

    public static final EventType<SweepRequested> SWEEP_REQUESTED =
            request("sweep-requested", SweepRequested.getDefaultInstance(), "sweep_id");

    public static final EventType<SweepCancelRequested> SWEEP_CANCEL_REQUESTED =
            request("sweep-cancel-requested", SweepCancelRequested.getDefaultInstance(), "sweep_id");

    public static final EventType<SweepCompleted> SWEEP_COMPLETED =
            fact("sweep-completed", SweepCompleted.getDefaultInstance(), SweepCompleted::getSweepId);

    public static final EventType<RolloutStarted> ROLLOUT_STARTED =
            fact("rollout-started", RolloutStarted.getDefaultInstance(), RolloutStarted::getRolloutId);

    public static final EventType<RolloutAdvanced> ROLLOUT_ADVANCED =
            fact("rollout-advanced", RolloutAdvanced.getDefaultInstance(), RolloutAdvanced::getRolloutId);

    public static final EventType<RolloutCompleted> ROLLOUT_COMPLETED =
            fact("rollout-completed", RolloutCompleted.getDefaultInstance(), RolloutCompleted::getRolloutId);

    public static final EventType<RolloutCancelRequested> ROLLOUT_CANCEL_REQUESTED =
            request("rollout-cancel-requested", RolloutCancelRequested.getDefaultInstance(), "rollout_id");

    public static final EventType<ServingWindow> SERVING_WINDOW =
            fact("serving-window", ServingWindow.getDefaultInstance(), ServingWindow::getModel);

    public static final EventType<DriftDetected> DRIFT_DETECTED = fact(
            "drift-detected", DriftDetected.getDefaultInstance(), drift -> drift.getModel() + "/" + drift.getVersion());

    public static final EventType<InferenceLogged> INFERENCE_LOGGED = fact(
            "inference-logged",
            InferenceLogged.getDefaultInstance(),
            logged -> logged.getModel() + "/" + logged.getVersion());

    private static final List<EventType<?>> ALL = List.of(
            DATASET_REQUESTED,
            DATASET_CANCEL_REQUESTED,
            DATASET_READY,
            DATASET_REJECTED,
            TRAINING_REQUESTED,
            TRAINING_CANCEL_REQUESTED,
            TRAINING_STARTED,
            EPOCH_COMPLETED,
            TRAINING_COMPLETED,
            TRAINING_FAILED,
            EVALUATION_COMPLETED,
            MODEL_PUBLISHED,
            MODEL_PROMOTED,
            MODEL_REJECTED,
            PROMOTION_REQUESTED,
            SWEEP_REQUESTED,
            SWEEP_CANCEL_REQUESTED,
            SWEEP_COMPLETED,
            ROLLOUT_STARTED,
            ROLLOUT_ADVANCED,
            ROLLOUT_COMPLETED,
            ROLLOUT_CANCEL_REQUESTED,
            SERVING_WINDOW,
            DRIFT_DETECTED,
            INFERENCE_LOGGED);

    private final String topic;
    private final M prototype;
    private final Optional<FieldDescriptor> idField;
    private final Function<M, String> key;
    private final MessageRules rules;
    private final Consumer<M> agreement;

    private EventType(
            String topic,
            M prototype,
            Optional<FieldDescriptor> idField,
            Function<M, String> key,
            MessageRules rules,
            Consumer<M> agreement) {
        this.topic = topic;
        this.prototype = prototype;
        this.idField = idField;
        this.key = key;
        this.rules = rules;
        this.agreement = agreement;
    }

    private static <M extends Message> EventType<M> request(String topic, M prototype, String idField) {
        return request(topic, prototype, idField, request -> {});
    }

    private static <M extends Message> EventType<M> request(
            String topic, M prototype, String idField, Consumer<M> agreement) {
        FieldDescriptor id = prototype.getDescriptorForType().findFieldByName(idField);
        return new EventType<>(
                topic,
                prototype,
                Optional.of(id),
                payload -> (String) payload.getField(id),
                MessageRules.of(prototype.getDescriptorForType()),
                agreement);
    }

    private static <M extends Message> EventType<M> fact(String topic, M prototype, Function<M, String> key) {
        return new EventType<>(
                topic, prototype, Optional.empty(), key, FactRules.of(prototype.getDescriptorForType()), payload -> {});
    }

    public static List<EventType<?>> all() {
        return ALL;
    }

    /** The event with a CloudEvents type, as {@code catwalk.training.v1.EpochCompleted}; empty for an unknown one. */
    public static Optional<EventType<?>> named(String name) {
        return ALL.stream().filter(type -> type.name().equals(name)).findFirst();
    }

    /** The CloudEvents type: the message's full name, version included. */
    public String name() {
        return prototype.getDescriptorForType().getFullName();
    }

    /** The topic's name before any prefix; see {@link Topics}. */
    public String topic() {
        return topic;
    }

    /** Whether it requests work: its topic takes bare JSON too, and its id may be left to be derived. */
    public boolean isRequest() {
        return idField.isPresent();
    }

    /** The JSON name of a request's id, as {@code runId}; empty for a fact. */
    public Optional<String> idName() {
        return idField.map(FieldDescriptor::getJsonName);
    }

    /**
     * A request under another id.
     *
     * @throws java.util.NoSuchElementException for a fact
     */
    public M withId(M request, String id) {
        return cast(request.toBuilder().setField(idField.orElseThrow(), id).build());
    }

    /** The record's key: for a request the id in its body, empty where it has none. */
    public Optional<String> keyOf(M payload) {
        return Optional.of(key.apply(payload)).filter(text -> !text.isEmpty());
    }

    /** @throws BadEventException for a field that a payload of this type can't hold */
    public void check(M payload) {
        if (isRequest()) {
            RequestSize.checkBinary(payload);
            rules.check(payload);
            agreement.accept(payload);
            RequestSize.checkJson(payload);
        } else {
            rules.check(payload);
        }
    }

    /** What a payload is in a sentence, as {@code a training request}. */
    String noun() {
        return "a " + topic.replace("-requested", " request").replace('-', ' ');
    }

    M parse(byte[] protobuf) {
        try {
            return cast(prototype.newBuilderForType().mergeFrom(protobuf).build());
        } catch (InvalidProtocolBufferException e) {
            throw BadEventException.broken("value", "is not a protobuf " + this + ": " + e.getMessage());
        }
    }

    Message.Builder newBuilder() {
        return prototype.newBuilderForType();
    }

    MessageRules rules() {
        return rules;
    }

    @SuppressWarnings("unchecked")
    M cast(Message message) {
        return (M) prototype.getClass().cast(message);
    }

    @Override
    public String toString() {
        return name();
    }
}
