package io.catwalk.conformance.v2;

import static io.catwalk.conformance.check.Check.required;

import java.io.IOException;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.conformance.check.Protocol;
import io.catwalk.conformance.check.Section;
import io.catwalk.conformance.http.Answer;
import io.catwalk.conformance.model.Subject;

/** {@code model_repository}: the index. Models are neither loaded nor unloaded. */
public final class RepositorySection {
    private static final Set<String> STATES = Set.of("", "UNKNOWN", "READY", "UNAVAILABLE", "LOADING", "UNLOADING");

    private RepositorySection() {}

    public static Section section() {
        return new Section(
                Protocol.OPEN_INFERENCE_V2,
                "Model repository",
                "Triton, docs/protocol/extension_model_repository.md",
                Extension.route("model_repository", RepositorySection::index),
                List.of(
                        required("the index lists the model as READY", RepositorySection::listed),
                        required("entries have a name and a known state", RepositorySection::states)));
    }

    private static Answer index(Subject subject) throws IOException {
        return subject.http().post("/v2/repository/index", "{}");
    }

    private static JsonNode entries(Answer answer) {
        JsonNode entries = answer.requireOk().json();
        answer.require(entries.isArray() && !entries.isEmpty(), "an array of entries");
        return entries;
    }

    private static String listed(Subject subject) throws IOException {
        Answer answer = index(subject);
        for (JsonNode entry : entries(answer)) {
            if (entry.path("name").asText().equals(subject.model().name())
                    && entry.path("state").asText().equals("READY")) {
                return entry.toString();
            }
        }
        return answer.require(false, subject.model().name() + " as READY").shown();
    }

    private static String states(Subject subject) throws IOException {
        Answer answer = index(subject);
        for (JsonNode entry : entries(answer)) {
            answer.require(!entry.path("name").asText().isEmpty(), "a name of each entry")
                    .require(STATES.contains(entry.path("state").asText()), "a state of " + STATES);
        }
        return answer.shown();
    }
}
