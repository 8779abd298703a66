package io.catwalk.conformance.v2;

import static io.catwalk.conformance.check.Check.required;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.conformance.check.Protocol;
import io.catwalk.conformance.check.Section;
import io.catwalk.conformance.http.Answer;
import io.catwalk.conformance.model.Datatype;
import io.catwalk.conformance.model.Subject;

/** {@code GET /v2/models/M[/versions/V][/ready]}. */
public final class ModelSection {
    private ModelSection() {}

    public static Section section() {
        return new Section(
                Protocol.OPEN_INFERENCE_V2,
                "Model",
                "KServe, docs/predict-api/v2/required_api.md, Model Metadata and Model Ready",
                InferApi::offer,
                List.of(
                        required("the metadata has name and platform", ModelSection::metadata),
                        required("versions are strings", ModelSection::versions),
                        required("inputs have name, datatype and shape", subject -> tensors(subject, "inputs")),
                        required("outputs have name, datatype and shape", subject -> tensors(subject, "outputs")),
                        required(
                                "a served model is ready",
                                subject -> subject.http()
                                        .get(InferApi.path(subject.model()) + "/ready")
                                        .requireOk()
                                        .shown()),
                        required(
                                "a version has metadata",
                                subject -> subject.http()
                                        .get(InferApi.path(subject.model()) + "/versions/" + subject.version())
                                        .requireOk()
                                        .shown()),
                        required(
                                "a served version is ready",
                                subject -> subject.http()
                                        .get(InferApi.path(subject.model()) + "/versions/" + subject.version()
                                                + "/ready")
                                        .requireOk()
                                        .shown()),
                        required(
                                "an unknown model has no metadata: 404",
                                subject -> subject.http()
                                        .get("/v2/models/" + Subject.UNKNOWN_MODEL)
                                        .requireRefusal(404)
                                        .shown()),
                        required(
                                "an unknown version has no metadata",
                                subject -> subject.http()
                                        .get(InferApi.path(subject.model()) + "/versions/" + Subject.UNKNOWN_VERSION)
                                        .requireRefusal()
                                        .shown()),
                        required(
                                "an unknown model isn't ready",
                                subject -> subject.http()
                                        .get("/v2/models/" + Subject.UNKNOWN_MODEL + "/ready")
                                        .requireClientError()
                                        .shown()),
                        required(
                                "an unknown version isn't ready",
                                subject -> subject.http()
                                        .get(InferApi.path(subject.model()) + "/versions/" + Subject.UNKNOWN_VERSION
                                                + "/ready")
                                        .requireClientError()
                                        .shown())));
    }

    private static Answer model(Subject subject) throws IOException {
        return subject.http().get(InferApi.path(subject.model())).requireOk();
    }

    private static String metadata(Subject subject) throws IOException {
        Answer answer = model(subject);
        return answer.require(
                        answer.json()
                                .path("name")
                                .asText()
                                .equals(subject.model().name()),
                        "the name " + subject.model().name())
                .require(answer.json().path("platform").isTextual(), "platform as a string")
                .shown();
    }

    private static String versions(Subject subject) throws IOException {
        Answer answer = model(subject);
        JsonNode versions = answer.json().path("versions");
        answer.require(versions.isArray() || versions.isMissingNode(), "versions as an array, if they are there");
        for (JsonNode version : versions) {
            answer.require(version.isTextual(), "versions as strings");
        }
        return versions.isMissingNode() ? "none, which is allowed" : versions.toString();
    }

    private static String tensors(Subject subject, String which) throws IOException {
        Answer answer = model(subject);
        JsonNode tensors = answer.json().path(which);
        answer.require(tensors.isArray() && !tensors.isEmpty(), which + " as an array of at least one");
        for (JsonNode tensor : tensors) {
            answer.require(!tensor.path("name").asText().isEmpty(), "a name of each tensor")
                    .require(
                            Datatype.named(tensor.path("datatype").asText()).isPresent(),
                            "a datatype of the protocol, not " + tensor.path("datatype"))
                    .require(tensor.path("shape").isArray(), "a shape of each tensor");
            for (JsonNode size : tensor.path("shape")) {
                answer.require(size.isIntegralNumber() && size.asLong() >= -1, "sizes from -1");
            }
        }
        return tensors.toString();
    }
}
