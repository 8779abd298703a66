package io.catwalk.conformance.v1;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catwalk.conformance.check.DeviationException;
import io.catwalk.conformance.check.NotOfferedException;
import io.catwalk.conformance.http.Answer;
import io.catwalk.conformance.model.Datatype;
import io.catwalk.conformance.model.Model;
import io.catwalk.conformance.model.Output;
import io.catwalk.conformance.model.Subject;
import io.catwalk.conformance.model.Tensor;

/** The requests and answers of {@code :predict}. Source: TensorFlow Serving, g3doc/api_rest.md, "Predict API". */
public final class PredictApi {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private PredictApi() {}

    /** The path of the model's own status, and the begin of its other paths. */
    static String path(Model model) {
        return "/v1/models/" + model.name();
    }

    static Answer predict(Subject subject, JsonNode body) throws IOException {
        return subject.http().post(path(subject.model()) + ":predict", body);
    }

    /** Whether the server answers a valid request. */
    public static String offer(Subject subject) throws IOException {
        Answer answer = predict(subject, valid(subject, 1));
        if (!answer.isOk()) {
            throw new NotOfferedException(":predict of a valid request: " + answer.shown());
        }
        return answer.shown();
    }

    /** A valid request, in rows if the model has a batch. */
    static ObjectNode valid(Subject subject, int rows) {
        return subject.model().isBatched() ? row(subject.model(), rows) : column(subject.model(), rows);
    }

    /** {@code {"instances": [..]}}, where the only input goes without its name. */
    public static ObjectNode row(Model model, int rows) {
        ArrayNode instances = JSON.arrayNode();
        for (int row = 0; row < rows; row++) {
            List<Tensor> inputs = model.example(1, row);
            instances.add(inputs.size() == 1 ? element(inputs.getFirst()) : namedRow(inputs));
        }
        return JSON.objectNode().set("instances", instances);
    }

    /** The same with the inputs' names. */
    static ObjectNode namedRow(Model model, int rows) {
        ArrayNode instances = JSON.arrayNode();
        for (int row = 0; row < rows; row++) {
            instances.add(namedRow(model.example(1, row)));
        }
        return JSON.objectNode().set("instances", instances);
    }

    /** {@code {"inputs": ..}}, where the only input goes without its name. */
    public static ObjectNode column(Model model, int rows) {
        List<Tensor> inputs = model.example(rows, 0);
        return inputs.size() == 1 ? JSON.objectNode().set("inputs", json(inputs.getFirst())) : namedColumn(model, rows);
    }

    /** The same with the inputs' names. */
    static ObjectNode namedColumn(Model model, int rows) {
        ObjectNode named = JSON.objectNode();
        model.example(rows, 0).forEach(input -> named.set(input.name(), json(input)));
        return JSON.objectNode().set("inputs", named);
    }

    /** The outputs of an answer in rows. */
    public static List<Output> predictions(Answer answer, Model model) {
        JsonNode predictions = answer.requireOk().json().path("predictions");
        answer.require(predictions.isArray() && !predictions.isEmpty(), "an array of predictions");
        if (!predictions.get(0).isObject()) {
            return List.of(output(onlyOutput(model), predictions));
        }
        List<Output> outputs = new ArrayList<>();
        predictions.get(0).fieldNames().forEachRemaining(name -> {
            ArrayNode column = JSON.arrayNode();
            predictions.forEach(row -> column.add(row.path(name)));
            outputs.add(output(name, column));
        });
        return outputs;
    }

    /** The outputs of an answer in columns. */
    public static List<Output> outputs(Answer answer, Model model) {
        JsonNode outputs = answer.requireOk().json().path("outputs");
        answer.require(!outputs.isMissingNode(), "outputs");
        return outputs.isObject()
                ? outputs.properties().stream()
                        .map(output -> output(output.getKey(), output.getValue()))
                        .toList()
                : List.of(output(onlyOutput(model), outputs));
    }

    private static String onlyOutput(Model model) {
        return model.outputs().size() == 1 ? model.outputs().getFirst().name() : "output";
    }

    private static ObjectNode namedRow(List<Tensor> inputs) {
        ObjectNode named = JSON.objectNode();
        inputs.forEach(input -> named.set(input.name(), element(input)));
        return named;
    }

    /** Of a batch of one. */
    private static JsonNode element(Tensor input) {
        return json(input).get(0);
    }

    private static JsonNode json(Tensor input) {
        return input.datatype() == Datatype.BYTES ? binaries(input.nested()) : input.nested();
    }

    /** Strings as {@code {"b64": ..}}. */
    private static JsonNode binaries(JsonNode texts) {
        if (!texts.isArray()) {
            return JSON.objectNode()
                    .put(
                            "b64",
                            Base64.getEncoder().encodeToString(texts.asText().getBytes(StandardCharsets.UTF_8)));
        }
        ArrayNode array = JSON.arrayNode();
        texts.forEach(text -> array.add(binaries(text)));
        return array;
    }

    private static Output output(String name, JsonNode value) {
        List<Object> elements = new ArrayList<>();
        flatten(value, elements);
        List<Long> shape = new ArrayList<>();
        for (JsonNode inner = value; inner.isArray(); inner = inner.path(0)) {
            shape.add((long) inner.size());
        }
        return new Output(name, shape, elements);
    }

    private static void flatten(JsonNode value, List<Object> elements) {
        if (value.isArray()) {
            value.forEach(element -> flatten(element, elements));
        } else if (value.isNumber() || value.isBoolean()) {
            elements.add(value.asDouble());
        } else if (value.isTextual() || value.path("b64").isTextual()) {
            elements.add(value.isTextual() ? value.asText() : value.path("b64").asText());
        } else {
            throw new DeviationException("expected numbers, was " + value);
        }
    }
}
