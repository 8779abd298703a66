package io.catwalk.conformance.model;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.catwalk.conformance.http.Answer;
import io.catwalk.conformance.http.HttpServer;

/** Finds a model's tensors: as the caller says, or in the metadata of Open Inference v2 or TensorFlow Serving v1. */
public final class Discovery {
    private final HttpServer server;
    private final Known known;

    public Discovery(HttpServer server, Known known) {
        this.server = server;
        this.known = known;
    }

    /**
     * What the caller knows.
     *
     * @param model its name, unless the server has one model alone
     * @param inputs empty for those of the metadata
     * @param outputs empty for those of the metadata
     * @param openDimension the size of a dimension of any size, other than the batch
     */
    public record Known(
            Optional<String> model,
            Optional<String> label,
            List<TensorSpec> inputs,
            List<TensorSpec> outputs,
            int openDimension) {
        public Known {
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
        }
    }

    /** @throws ModelNotFoundException when there is no such model, or its inputs aren't known */
    public Model find() throws IOException {
        String name = known.model().isPresent() ? known.model().get() : onlyModel();
        Optional<JsonNode> v2 = object("/v2/models/" + name);
        Optional<JsonNode> v1 = object("/v1/models/" + name + "/metadata");
        List<TensorSpec> inputs = Stream.of(known.inputs(), v2(v2, "inputs"), v1(v1, "inputs"))
                .filter(specs -> !specs.isEmpty())
                .findFirst()
                .orElseThrow(() -> new ModelNotFoundException("neither /v2/models/" + name + " nor /v1/models/" + name
                        + "/metadata names the model's inputs: is it served? If so, name them by --input"));
        List<TensorSpec> outputs = Stream.of(known.outputs(), v2(v2, "outputs"), v1(v1, "outputs"))
                .filter(specs -> !specs.isEmpty())
                .findFirst()
                .orElse(List.of());
        return new Model(
                name,
                version(name, v2),
                known.label(),
                inputs.stream().map(this::closed).toList(),
                outputs);
    }

    private TensorSpec closed(TensorSpec spec) {
        return spec.closed(known.openDimension());
    }

    private String onlyModel() throws IOException {
        Answer index = server.post("/v2/repository/index", "{}");
        JsonNode v2 = index.isOk() ? index.json() : MissingNode.getInstance();
        JsonNode v1 = object("/v1/models").orElse(MissingNode.getInstance());
        List<String> names = Stream.concat(
                        elements(v2).map(entry -> entry.path("name").asText()),
                        elements(v1.path("models")).map(JsonNode::asText))
                .distinct()
                .toList();
        if (names.size() != 1) {
            throw new ModelNotFoundException("name the model by --model, the server has " + names);
        }
        return names.getFirst();
    }

    /** The one that answers unless a request names another, where a server tells; else the last. */
    private Optional<String> version(String name, Optional<JsonNode> v2) throws IOException {
        List<String> versions = Stream.concat(
                        v2.stream()
                                .flatMap(model -> elements(model.path("versions")))
                                .map(JsonNode::asText),
                        object("/v1/models/" + name).stream()
                                .flatMap(status -> elements(status.path("model_version_status")))
                                .filter(status -> status.path("state").asText().equals("AVAILABLE"))
                                .map(status -> status.path("version").asText()))
                .toList();
        return versions.isEmpty() ? Optional.empty() : Optional.of(versions.getLast());
    }

    private Optional<JsonNode> object(String path) throws IOException {
        Answer answer = server.get(path);
        boolean json = answer.header("content-type").orElse("").contains("json");
        return answer.isOk() && json ? Optional.of(answer.json()) : Optional.empty();
    }

    private static List<TensorSpec> v2(Optional<JsonNode> metadata, String tensors) {
        return metadata.stream()
                .flatMap(model -> elements(model.path(tensors)))
                .flatMap(tensor -> Datatype.named(tensor.path("datatype").asText())
                        .map(type -> new TensorSpec(tensor.path("name").asText(), type, numbers(tensor.path("shape"))))
                        .stream())
                .toList();
    }

    private static List<TensorSpec> v1(Optional<JsonNode> metadata, String tensors) {
        return metadata.stream()
                .map(model -> model.at("/metadata/signature_def/signature_def/serving_default"))
                .flatMap(signature -> signature.path(tensors).properties().stream())
                .flatMap(tensor -> Datatype.ofTensorFlow(
                        tensor.getValue().path("dtype").asText())
                        .map(type -> new TensorSpec(
                                tensor.getKey(),
                                type,
                                elements(tensor.getValue().at("/tensor_shape/dim"))
                                        .map(dimension -> dimension.path("size").asLong())
                                        .toList()))
                        .stream())
                .toList();
    }

    private static List<Long> numbers(JsonNode array) {
        return elements(array).map(JsonNode::asLong).toList();
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
