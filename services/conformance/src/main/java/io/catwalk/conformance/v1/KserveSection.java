package io.catwalk.conformance.v1;

import static io.catwalk.conformance.check.Check.required;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.conformance.check.NotOfferedException;
import io.catwalk.conformance.check.Protocol;
import io.catwalk.conformance.check.Section;
import io.catwalk.conformance.http.Answer;
import io.catwalk.conformance.model.Subject;

/** What KServe's first protocol has beside TensorFlow Serving's predict. */
public final class KserveSection {
    private KserveSection() {}

    public static Section section() {
        return new Section(
                Protocol.KSERVE_V1,
                "List and readiness",
                "KServe, docs/predict-api/v1, Data plane v1",
                KserveSection::offer,
                List.of(
                        required("GET /v1/models lists the model", KserveSection::list),
                        required("a model says that it is ready", KserveSection::ready),
                        required(
                                "an unknown model is refused with 404",
                                subject -> subject.http()
                                        .get("/v1/models/" + Subject.UNKNOWN_MODEL)
                                        .requireRefusal(404)
                                        .shown())));
    }

    private static String offer(Subject subject) throws IOException {
        Answer answer = subject.http().get("/v1/models");
        if (!answer.isOk()) {
            throw new NotOfferedException(answer.shown());
        }
        return answer.shown();
    }

    private static String list(Subject subject) throws IOException {
        Answer answer = subject.http().get("/v1/models").requireOk();
        JsonNode models = answer.json().path("models");
        for (JsonNode model : models) {
            if (model.asText().equals(subject.model().name())) {
                return answer.shown();
            }
        }
        return answer.require(false, "models with " + subject.model().name()).shown();
    }

    private static String ready(Subject subject) throws IOException {
        Answer answer = subject.http().get(PredictApi.path(subject.model())).requireOk();
        JsonNode json = answer.json();
        // A Boolean, or its text.
        return answer.require(json.path("name").asText().equals(subject.model().name()), "the model's name")
                .require(json.path("ready").asText().equalsIgnoreCase("true"), "ready true")
                .shown();
    }
}
