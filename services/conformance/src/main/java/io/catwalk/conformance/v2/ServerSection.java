package io.catwalk.conformance.v2;

import static io.catwalk.conformance.check.Check.recommended;
import static io.catwalk.conformance.check.Check.required;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.conformance.check.Protocol;
import io.catwalk.conformance.check.Section;
import io.catwalk.conformance.http.Answer;
import io.catwalk.conformance.model.Subject;

/** {@code GET /v2} and {@code /v2/health}. */
public final class ServerSection {
    private ServerSection() {}

    public static Section section() {
        return new Section(
                Protocol.OPEN_INFERENCE_V2,
                "Server",
                "KServe, docs/predict-api/v2/required_api.md, Health and Server Metadata",
                InferApi::offer,
                List.of(
                        required("live answers 200", subject -> ok(subject, "/v2/health/live")),
                        required(
                                "ready answers 200 while the model is served",
                                subject -> ok(subject, "/v2/health/ready")),
                        recommended("live and ready say so in JSON", ServerSection::inJson),
                        required("the metadata has name, version and extensions", ServerSection::metadata),
                        recommended(
                                "POST of a health route is refused",
                                subject -> subject.http()
                                        .method("POST", "/v2/health/live")
                                        .requireClientError()
                                        .shown()),
                        required("an unknown route is refused with 404", subject -> {
                            Answer answer = subject.http().get("/v2/no-such-route");
                            return answer.require(answer.status() == 404, "status 404")
                                    .shown();
                        })));
    }

    private static String ok(Subject subject, String path) throws IOException {
        return subject.http().get(path).requireOk().shown();
    }

    /** KServe's clients read it; servers after Triton answer without a body. */
    private static String inJson(Subject subject) throws IOException {
        Answer live = subject.http().get("/v2/health/live").requireOk();
        live.require(live.json().path("live").asBoolean(), "live: true");
        Answer ready = subject.http().get("/v2/health/ready").requireOk();
        ready.require(ready.json().path("ready").asBoolean(), "ready: true");
        return live.shown() + ", " + ready.shown();
    }

    private static String metadata(Subject subject) throws IOException {
        Answer answer = subject.http().get("/v2").requireOk();
        JsonNode server = answer.json();
        answer.require(!server.path("name").asText().isEmpty(), "a name")
                .require(server.path("version").isTextual(), "version as a string")
                .require(server.path("extensions").isArray(), "extensions as an array");
        for (JsonNode extension : server.path("extensions")) {
            answer.require(extension.isTextual(), "extensions as strings");
        }
        return answer.shown();
    }
}
