package io.catwalk.conformance.v1;

import static io.catwalk.conformance.check.Check.recommended;
import static io.catwalk.conformance.check.Check.required;

import java.io.IOException;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.conformance.check.NotOfferedException;
import io.catwalk.conformance.check.Protocol;
import io.catwalk.conformance.check.Section;
import io.catwalk.conformance.http.Answer;
import io.catwalk.conformance.model.Subject;

/** {@code GET /v1/models/M[/versions/V|/labels/L]}. */
public final class StatusSection {
    private static final Set<String> STATES = Set.of("START", "LOADING", "AVAILABLE", "UNLOADING", "END");

    private StatusSection() {}

    public static Section section() {
        return new Section(
                Protocol.TENSORFLOW_SERVING_V1,
                "Model status",
                "TensorFlow Serving, g3doc/api_rest.md, Model status API",
                StatusSection::offer,
                List.of(
                        required("each version has a number, a state and a status", StatusSection::versions),
                        required("the served version is AVAILABLE and OK", StatusSection::available),
                        required("a version's own status has that version alone", StatusSection::oneVersion),
                        required("a label's status has one version", StatusSection::label),
                        required(
                                "an unknown model is refused with 404",
                                subject -> subject.http()
                                        .get("/v1/models/" + Subject.UNKNOWN_MODEL)
                                        .requireRefusal(404)
                                        .shown()),
                        required(
                                "an unknown version is refused with 404",
                                subject -> subject.http()
                                        .get(PredictApi.path(subject.model()) + "/versions/" + Subject.UNKNOWN_VERSION)
                                        .requireRefusal(404)
                                        .shown()),
                        recommended(
                                "a version that isn't a number is refused",
                                subject -> subject.http()
                                        .get(PredictApi.path(subject.model()) + "/versions/first")
                                        .requireClientError()
                                        .shown())));
    }

    /** KServe's first protocol has another body there. */
    private static String offer(Subject subject) throws IOException {
        PredictApi.offer(subject);
        Answer answer = status(subject);
        boolean kserve =
                answer.isOk() && answer.json().has("ready") && !answer.json().has("model_version_status");
        if (kserve || answer.status() == 404) {
            throw new NotOfferedException(answer.shown());
        }
        return answer.shown();
    }

    private static Answer status(Subject subject) throws IOException {
        return subject.http().get(PredictApi.path(subject.model()));
    }

    private static String versions(Subject subject) throws IOException {
        Answer answer = status(subject).requireOk();
        JsonNode versions = answer.json().path("model_version_status");
        answer.require(versions.isArray() && !versions.isEmpty(), "an array model_version_status");
        for (JsonNode version : versions) {
            answer.require(version.path("version").asText().matches("[0-9]+"), "the version as digits")
                    .require(version.path("version").isTextual(), "the version as a string")
                    .require(STATES.contains(version.path("state").asText()), "a state of " + STATES)
                    .require(version.at("/status/error_code").isTextual(), "status.error_code")
                    .require(version.at("/status/error_message").isTextual(), "status.error_message");
        }
        return answer.shown();
    }

    private static String available(Subject subject) throws IOException {
        Answer answer = status(subject).requireOk();
        for (JsonNode version : answer.json().path("model_version_status")) {
            if (version.path("state").asText().equals("AVAILABLE")) {
                answer.require(version.at("/status/error_code").asText().equals("OK"), "the error_code OK");
                return version.toString();
            }
        }
        return answer.require(false, "a version in state AVAILABLE").shown();
    }

    private static String oneVersion(Subject subject) throws IOException {
        Answer answer = subject.http()
                .get(PredictApi.path(subject.model()) + "/versions/" + subject.version())
                .requireOk();
        JsonNode versions = answer.json().path("model_version_status");
        return answer.require(
                        versions.size() == 1
                                && versions.at("/0/version").asText().equals(subject.version()),
                        "version " + subject.version() + " alone")
                .shown();
    }

    private static String label(Subject subject) throws IOException {
        Answer answer = subject.http()
                .get(PredictApi.path(subject.model()) + "/labels/" + subject.label())
                .requireOk();
        return answer.require(answer.json().path("model_version_status").size() == 1, "one version")
                .shown();
    }
}
