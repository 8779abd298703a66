package io.catwalk.events;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.catwalk.model.v1.ModelPublished;
import io.catwalk.serving.v1.InferenceLogged;
import io.catwalk.sweep.v1.SweepCompleted;
import io.catwalk.training.v1.TrainingCompleted;
import io.catwalk.training.v1.TrainingFailed;

/**
 * What an event that states a fact must contain: its consumers build keys, paths and metric labels of its names, and trust
 * its digests and numbers of entries. By the fields' names, as these mean the same in each event.
 */
final class FactRules {
    private static final Set<String> NAMES =
            Set.of("run_id", "ingestion_id", "sweep_id", "rollout_id", "dataset", "model", "label", "network");
    private static final Set<String> COUNTED_FROM_ONE = Set.of("entry", "version", "epoch", "attempt");

    /**
     * What was cancelled before it was requested has no model; how early a run or a sweep ended leaves out more; and not every
     * model has an ONNX export or a profile.
     */
    private static final Set<FieldDescriptor> MAY_BE_EMPTY = Set.of(
            TrainingCompleted.getDescriptor().findFieldByName("onnx_digest"),
            ModelPublished.getDescriptor().findFieldByName("onnx_digest"),
            ModelPublished.getDescriptor().findFieldByName("profile_digest"),
            InferenceLogged.getDescriptor().findFieldByName("onnx_digest"),
            TrainingFailed.getDescriptor().findFieldByName("model"),
            TrainingFailed.getDescriptor().findFieldByName("checkpoint_digest"),
            SweepCompleted.getDescriptor().findFieldByName("model"),
            SweepCompleted.getDescriptor().findFieldByName("dataset_digest"),
            SweepCompleted.getDescriptor().findFieldByName("run_id"));

    private FactRules() {}

    static MessageRules of(Descriptor fact) {
        return new MessageRules(
                fact.getFields().stream().flatMap(FactRules::rulesOf).toList(), Optional.empty());
    }

    private static Stream<FieldRule> rulesOf(FieldDescriptor field) {
        return valueOf(field.getName()).stream()
                .map(value -> new FieldRule(field, !MAY_BE_EMPTY.contains(field), value));
    }

    private static Optional<FieldValue> valueOf(String field) {
        if (NAMES.contains(field)) {
            return Optional.of(FieldValue.name());
        }
        if (field.equals("digest") || field.endsWith("_digest")) {
            return Optional.of(FieldValue.digest());
        }
        return COUNTED_FROM_ONE.contains(field) ? Optional.of(FieldValue.countedFromOne()) : Optional.empty();
    }
}
