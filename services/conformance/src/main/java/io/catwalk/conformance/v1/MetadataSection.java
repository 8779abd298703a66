package io.catwalk.conformance.v1;

import static io.catwalk.conformance.check.Check.required;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.conformance.check.NotOfferedException;
import io.catwalk.conformance.check.Protocol;
import io.catwalk.conformance.check.Section;
import io.catwalk.conformance.http.Answer;
import io.catwalk.conformance.model.Datatype;
import io.catwalk.conformance.model.Subject;

/** {@code GET /v1/models/M[/versions/V|/labels/L]/metadata}: the signatures, as the JSON form of their protobuf. */
public final class MetadataSection {
    private MetadataSection() {}

    public static Section section() {
        return new Section(
                Protocol.TENSORFLOW_SERVING_V1,
                "Model metadata",
                "TensorFlow Serving, g3doc/api_rest.md, Model Metadata API",
                MetadataSection::offer,
                List.of(
                        required("model_spec names model and version", MetadataSection::spec),
                        required("a signature has its method and tensors", MetadataSection::signatures),
                        required("each tensor has a TensorFlow datatype and a shape", MetadataSection::tensors),
                        required(
                                "a version has metadata",
                                subject -> subject.http()
                                        .get(PredictApi.path(subject.model()) + "/versions/" + subject.version()
                                                + "/metadata")
                                        .requireOk()
                                        .shown()),
                        required(
                                "a label has metadata",
                                subject -> subject.http()
                                        .get(PredictApi.path(subject.model()) + "/labels/" + subject.label()
                                                + "/metadata")
                                        .requireOk()
                                        .shown()),
                        required(
                                "an unknown model is refused with 404",
                                subject -> subject.http()
                                        .get("/v1/models/" + Subject.UNKNOWN_MODEL + "/metadata")
                                        .requireRefusal(404)
                                        .shown())));
    }

    private static String offer(Subject subject) throws IOException {
        PredictApi.offer(subject);
        Answer answer = metadata(subject);
        if (answer.status() == 404) {
            throw new NotOfferedException(answer.shown());
        }
        return answer.shown();
    }

    private static Answer metadata(Subject subject) throws IOException {
        return subject.http().get(PredictApi.path(subject.model()) + "/metadata");
    }

    private static String spec(Subject subject) throws IOException {
        Answer answer = metadata(subject).requireOk();
        JsonNode spec = answer.json().path("model_spec");
        answer.require(spec.path("name").asText().equals(subject.model().name()), "model_spec.name");
        return answer.require(spec.path("version").asText().matches("[0-9]+"), "model_spec.version as digits")
                .shown();
    }

    private static JsonNode definitions(Answer answer) {
        JsonNode definitions = answer.requireOk().json().at("/metadata/signature_def/signature_def");
        answer.require(definitions.isObject() && !definitions.isEmpty(), "metadata.signature_def.signature_def");
        return definitions;
    }

    private static String signatures(Subject subject) throws IOException {
        Answer answer = metadata(subject);
        for (Map.Entry<String, JsonNode> signature : definitions(answer).properties()) {
            String name = signature.getKey();
            answer.require(!signature.getValue().path("method_name").asText().isEmpty(), name + ".method_name")
                    .require(signature.getValue().path("outputs").isObject(), name + ".outputs");
        }
        return String.join(
                ", ",
                definitions(answer).properties().stream().map(Map.Entry::getKey).toList());
    }

    private static String tensors(Subject subject) throws IOException {
        Answer answer = metadata(subject);
        int seen = 0;
        for (JsonNode signature : definitions(answer)) {
            for (String tensors : List.of("inputs", "outputs")) {
                for (JsonNode tensor : signature.path(tensors)) {
                    seen++;
                    answer.require(
                            Datatype.ofTensorFlow(tensor.path("dtype").asText()).isPresent(), "a dtype as DT_FLOAT");
                    answer.require(tensor.has("tensor_shape"), "a tensor_shape");
                    for (JsonNode dimension : tensor.at("/tensor_shape/dim")) {
                        answer.require(dimension.path("size").asText().matches("-?[0-9]+"), "a dimension's size");
                    }
                }
            }
        }
        return seen + " tensors";
    }
}
