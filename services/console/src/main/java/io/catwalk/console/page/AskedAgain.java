package io.catwalk.console.page;

import java.util.Arrays;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.catwalk.console.service.Service;
import io.catwalk.events.EventType;
import io.catwalk.events.request.DatasetReference;

/**
 * A refused record's request, as the service takes it over HTTP.
 *
 * @param path of the service
 */
record AskedAgain(Kind kind, String path) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static boolean isSendable(String topic) {
        return Kind.of(topic).isPresent();
    }

    /** Empty for what no service takes over HTTP. */
    static Optional<AskedAgain> of(String topic, String json) {
        JsonNode request = request(json);
        return Kind.of(topic).flatMap(kind -> kind.path(request).map(path -> new AskedAgain(kind, path)));
    }

    /** Without a field where it isn't JSON: the service says what is wrong with it. */
    private static JsonNode request(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            return MAPPER.createObjectNode();
        }
    }

    Service service() {
        return kind.service;
    }

    /** The console's page of what was accepted. */
    String shownAt(JsonNode accepted) {
        return switch (kind) {
            case DATASET -> "/datasets";
            case RUN -> "/runs/" + accepted.path("runId").asText();
            case SWEEP -> "/sweeps/" + accepted.path("sweepId").asText();
            case PROMOTION -> "/models/" + path.split("/")[2];
        };
    }

    /** What can be asked for. */
    enum Kind {
        DATASET(EventType.DATASET_REQUESTED, Service.INGESTION),
        RUN(EventType.TRAINING_REQUESTED, Service.TRAINING),
        SWEEP(EventType.SWEEP_REQUESTED, Service.TRAINING),
        PROMOTION(EventType.PROMOTION_REQUESTED, Service.EVALUATION);

        private final String topic;
        private final Service service;

        Kind(EventType<?> type, Service service) {
            this.topic = type.topic();
            this.service = service;
        }

        static Optional<Kind> of(String topic) {
            return Arrays.stream(values())
                    .filter(kind -> kind.topic.equals(topic))
                    .findFirst();
        }

        /** Empty for a promotion that doesn't name its label, as the path has it. */
        Optional<String> path(JsonNode request) {
            return switch (this) {
                case DATASET -> Optional.of("/datasets");
                case RUN -> Optional.of("/runs");
                case SWEEP -> Optional.of("/sweeps");
                case PROMOTION ->
                    promotion(
                            request.path("model").asText(),
                            request.path("label").asText("stable"));
            };
        }

        private static Optional<String> promotion(String model, String label) {
            return model.matches(DatasetReference.NAME_PATTERN) && label.matches(DatasetReference.NAME_PATTERN)
                    ? Optional.of("/models/" + model + "/labels/" + label)
                    : Optional.empty();
        }
    }
}
