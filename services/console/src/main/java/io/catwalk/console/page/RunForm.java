package io.catwalk.console.page;

import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.core.MultivaluedMap;

/**
 * A run's request as a form has it: the fields that most runs set, and all others as JSON. Training checks the values; what isn't
 * given is left to it.
 *
 * @param more further fields, a JSON object; empty for none
 */
public record RunForm(
        String runId,
        String dataset,
        String model,
        String network,
        String epochs,
        String batchSize,
        String learningRate,
        String seed,
        String more) {
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** The form can't be made a request, for the reason in the message. */
    static final class NoRequestException extends Exception {
        private static final long serialVersionUID = 1;

        NoRequestException(String message) {
            super(message);
        }
    }

    /** Of an address's or a form's fields. */
    static RunForm of(MultivaluedMap<String, String> fields) {
        return new RunForm(
                given(fields, "runId"),
                given(fields, "dataset"),
                given(fields, "model"),
                given(fields, "network"),
                given(fields, "epochs"),
                given(fields, "batchSize"),
                given(fields, "learningRate"),
                given(fields, "seed"),
                given(fields, "more"));
    }

    private static String given(MultivaluedMap<String, String> fields, String name) {
        return Optional.ofNullable(fields.getFirst(name)).orElse("");
    }

    /**
     * Of a run's request, under a new id.
     *
     * @param resumed the run whose last epoch it goes on from
     */
    static RunForm of(JsonNode request, Optional<String> resumed) {
        ObjectNode rest = request.isObject() ? request.deepCopy() : MAPPER.createObjectNode();
        rest.remove("runId");
        String dataset = taken(rest, "dataset");
        String model = taken(rest, "model");
        String network = taken(rest, "network");
        String epochs = taken(rest, "epochs");
        String batchSize = taken(rest, "batchSize");
        String learningRate = taken(rest, "learningRate");
        String seed = taken(rest, "seed");
        // A request as the journal keeps it shows empty lists and texts, which say nothing.
        rest.properties()
                .removeIf(field ->
                        field.getValue().isEmpty() && field.getValue().asText().isEmpty());
        resumed.ifPresent(run -> rest.put("resumeFrom", run));
        String more = rest.isEmpty() ? "" : rest.toPrettyString();
        return new RunForm("", dataset, model, network, epochs, batchSize, learningRate, seed, more);
    }

    private static String taken(ObjectNode request, String field) {
        JsonNode value = request.remove(field);
        return value == null ? "" : value.asText();
    }

    /** Whether the dataset is named with its content. */
    public boolean isPinned() {
        return dataset.contains("@");
    }

    /** Whether the network is none of training's presets, so that its layers stand among the further fields. */
    public boolean custom(JsonNode presets) {
        return !network.isEmpty() && !presets.findValuesAsText("name").contains(network);
    }

    /** The dataset's name, without the content that it may be pinned to. */
    Optional<String> datasetName() {
        return Optional.of(dataset.split("@", 2)[0]).filter(name -> !name.isEmpty());
    }

    /** @throws NoRequestException when the further fields are no JSON object, or a number is none */
    ObjectNode json() throws NoRequestException {
        ObjectNode request = further();
        text(request, "runId", runId);
        text(request, "dataset", dataset);
        text(request, "model", model);
        text(request, "network", network);
        number(request, "epochs", epochs);
        number(request, "batchSize", batchSize);
        number(request, "learningRate", learningRate);
        number(request, "seed", seed);
        return request;
    }

    private ObjectNode further() throws NoRequestException {
        if (more.isBlank()) {
            return MAPPER.createObjectNode();
        }
        try {
            if (MAPPER.readTree(more) instanceof ObjectNode fields) {
                return fields;
            }
            throw new NoRequestException(
                    "further fields must be a JSON object, as {\"augmentation\": {\"flip\": true}}");
        } catch (JsonProcessingException e) {
            throw new NoRequestException("further fields are no JSON: " + e.getOriginalMessage());
        }
    }

    private static void text(ObjectNode request, String field, String value) {
        if (!value.isBlank()) {
            request.put(field, value.strip());
        }
    }

    private static void number(ObjectNode request, String field, String value) throws NoRequestException {
        if (value.isBlank()) {
            return;
        }
        try {
            JsonNode number = MAPPER.readTree(value.strip());
            if (!number.isNumber()) {
                throw new NoRequestException(field + " is " + value.strip() + ", must be a number");
            }
            request.set(field, number);
        } catch (JsonProcessingException e) {
            throw new NoRequestException(field + " is " + value.strip() + ", must be a number");
        }
    }
}
