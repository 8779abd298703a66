package io.catwalk.training.sweep.space;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.catwalk.chassis.errors.BadInputException;
import io.catwalk.events.BadEventException;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.events.request.TrainingRequest;
import io.catwalk.training.plan.RequestedNetwork;
import io.catwalk.training.v1.TrainingRequested;

/**
 * What trials are trained as: the sweep's own training with a trial's values in it. Fields that no parameter lies in are read
 * and checked once, and are the same messages in every trial; only the others cost something for each.
 */
final class TrialTrainings {
    static final long MOST_BYTES = 4 << 20;

    private static final Set<String> OF_THE_NETWORK = Set.of("network", "layers");

    private final TrainingRequested shared;
    private final ObjectNode varied;
    private final List<FieldPath> paths;

    private TrialTrainings(TrainingRequested shared, ObjectNode varied, List<FieldPath> paths) {
        this.shared = shared;
        this.varied = varied;
        this.paths = List.copyOf(paths);
    }

    static TrialTrainings of(TrainingRequested training, List<FieldPath> paths) {
        Set<String> roots = paths.stream().map(FieldPath::root).collect(Collectors.toSet());
        TrainingRequested.Builder shared = training.toBuilder();
        TrainingRequested.Builder varied = TrainingRequested.newBuilder();
        for (Map.Entry<FieldDescriptor, Object> field : training.getAllFields().entrySet()) {
            if (roots.contains(field.getKey().getJsonName())) {
                varied.setField(field.getKey(), field.getValue());
                shared.clearField(field.getKey());
            }
        }
        ObjectNode json = EventJson.tree(varied.build());
        return new TrialTrainings(shared.build(), json.retain(roots), paths);
    }

    TrainingRequested of(Trial trial) {
        return shared.toBuilder().mergeFrom(varied(trial)).build();
    }

    void check(List<Trial> trials) {
        long bytes = bytes(trials);
        if (bytes > MOST_BYTES) {
            throw new BadInputException(
                    "the %d trials come to %d bytes of requests beside what they share, must be at most %d"
                            .formatted(trials.size(), bytes, MOST_BYTES));
        }
        boolean varyTheNetwork = paths.stream().map(FieldPath::root).anyMatch(OF_THE_NETWORK::contains);
        for (Trial trial : trials) {
            check(trial, varyTheNetwork || trial.number() == 1);
        }
    }

    /** How much JSON is read to check them. */
    long bytes(List<Trial> trials) {
        long each = length(varied);
        Map<JsonNode, Long> lengths = new IdentityHashMap<>();
        return trials.stream()
                .mapToLong(trial -> each
                        + trial.parameters().values().stream()
                                .mapToLong(value -> lengths.computeIfAbsent(value, TrialTrainings::length))
                                .sum())
                .sum();
    }

    private void check(Trial trial, boolean withNetwork) {
        try {
            TrainingRequested own = varied(trial);
            EventType.TRAINING_REQUESTED.check(TrainingRequested.newBuilder()
                    .setDataset(shared.getDataset())
                    .setModel(shared.getModel())
                    .mergeFrom(own)
                    .build());
            if (withNetwork) {
                TrainingRequested whole = shared.toBuilder().mergeFrom(own).build();
                RequestedNetwork.of(TrainingRequest.from(whole, "any"));
            }
        } catch (BadEventException | BadInputException e) {
            throw new BadInputException("trial %d: %s".formatted(trial.number(), e.getMessage()), e);
        }
    }

    private TrainingRequested varied(Trial trial) {
        ObjectNode json = varied.deepCopy();
        paths.forEach(path -> path.set(json, trial.parameters().get(path.text())));
        return EventJson.read(EventType.TRAINING_REQUESTED, json);
    }

    private static long length(JsonNode value) {
        return value.toString().length();
    }
}
