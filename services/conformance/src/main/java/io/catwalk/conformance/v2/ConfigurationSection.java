package io.catwalk.conformance.v2;

import static io.catwalk.conformance.check.Check.required;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.conformance.check.Protocol;
import io.catwalk.conformance.check.Section;
import io.catwalk.conformance.http.Answer;
import io.catwalk.conformance.model.Subject;

/** {@code model_configuration}: how a model is run, from which load generators take its batches. */
public final class ConfigurationSection {
    private ConfigurationSection() {}

    public static Section section() {
        return new Section(
                Protocol.OPEN_INFERENCE_V2,
                "Model configuration",
                "Triton, docs/protocol/extension_model_configuration.md",
                Extension.route("model_configuration", ConfigurationSection::configuration),
                List.of(
                        required("it names the model, and its largest batch", ConfigurationSection::names),
                        required("its tensors have a name, a type and sizes", ConfigurationSection::tensors),
                        required(
                                "an unknown model has none",
                                subject -> subject.http()
                                        .get("/v2/models/" + Subject.UNKNOWN_MODEL + "/config")
                                        .requireRefusal()
                                        .shown())));
    }

    private static Answer configuration(Subject subject) throws IOException {
        return subject.http().get(InferApi.path(subject.model()) + "/config");
    }

    private static String names(Subject subject) throws IOException {
        Answer answer = configuration(subject).requireOk();
        return answer.require(
                        answer.json()
                                .path("name")
                                .asText()
                                .equals(subject.model().name()),
                        "the model's name")
                .require(answer.json().path("max_batch_size").isIntegralNumber(), "max_batch_size")
                .shown();
    }

    private static String tensors(Subject subject) throws IOException {
        Answer answer = configuration(subject).requireOk();
        for (String tensors : List.of("input", "output")) {
            JsonNode array = answer.json().path(tensors);
            answer.require(array.isArray() && !array.isEmpty(), "an array " + tensors);
            for (JsonNode tensor : array) {
                answer.require(!tensor.path("name").asText().isEmpty(), "a name of each tensor")
                        .require(tensor.path("data_type").asText().startsWith("TYPE_"), "a data_type as TYPE_FP32")
                        .require(tensor.path("dims").isArray(), "dims of each tensor");
            }
        }
        return answer.shown();
    }
}
