package io.catwalk.console.page;

import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catwalk.console.service.Service;
import io.catwalk.events.EventType;

/** A refused record's request, as the service takes it over HTTP. */
record AskedAgain(Service service, String path, String json, String topic) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String NAME = "[a-z0-9][a-z0-9._-]{0,62}";
    private static final Set<String> SENDABLE = Set.of(
            EventType.DATASET_REQUESTED.topic(),
            EventType.TRAINING_REQUESTED.topic(),
            EventType.SWEEP_REQUESTED.topic(),
            EventType.PROMOTION_REQUESTED.topic());

    static boolean isSendable(String topic) {
        return SENDABLE.contains(topic);
    }

    /** Empty for what no service takes over HTTP. */
    static Optional<AskedAgain> of(String topic, String json) {
        try {
            JsonNode request = MAPPER.readTree(json);
            return path(topic, request).map(path -> new AskedAgain(service(topic), path, json, topic));
        } catch (JsonProcessingException e) {
            // The service says what is wrong with it.
            return path(topic, MAPPER.createObjectNode())
                    .map(path -> new AskedAgain(service(topic), path, json, topic));
        }
    }

    private static Optional<String> path(String topic, JsonNode request) {
        return switch (topic) {
            case "dataset-requested" -> Optional.of("/datasets");
            case "training-requested" -> Optional.of("/runs");
            case "sweep-requested" -> Optional.of("/sweeps");
            case "promotion-requested" ->
                promotion(request.path("model").asText(), request.path("label").asText("stable"));
            default -> Optional.empty();
        };
    }

    private static Optional<String> promotion(String model, String label) {
        return model.matches(NAME) && label.matches(NAME)
                ? Optional.of("/models/" + model + "/labels/" + label)
                : Optional.empty();
    }

    private static Service service(String topic) {
        return switch (topic) {
            case "dataset-requested" -> Service.INGESTION;
            case "promotion-requested" -> Service.EVALUATION;
            default -> Service.TRAINING;
        };
    }

    /** The console's page of what was accepted. */
    String shownAt(JsonNode accepted) {
        return switch (topic) {
            case "dataset-requested" -> "/datasets";
            case "training-requested" -> "/runs/" + accepted.path("runId").asText();
            case "sweep-requested" -> "/sweeps/" + accepted.path("sweepId").asText();
            default -> "/models/" + path.split("/")[2];
        };
    }
}
