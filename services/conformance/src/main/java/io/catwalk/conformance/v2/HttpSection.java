package io.catwalk.conformance.v2;

import static io.catwalk.conformance.check.Check.recommended;
import static io.catwalk.conformance.check.Check.required;

import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.conformance.check.DeviationException;
import io.catwalk.conformance.check.Protocol;
import io.catwalk.conformance.check.Section;
import io.catwalk.conformance.http.Answer;
import io.catwalk.conformance.http.KeptConnection;
import io.catwalk.conformance.model.Subject;

/** HTTP itself, by requests of {@code infer}. */
public final class HttpSection {
    private HttpSection() {}

    public static Section section() {
        return new Section(
                Protocol.OPEN_INFERENCE_V2,
                "HTTP",
                "RFC 9110 and RFC 9112",
                InferApi::offer,
                List.of(
                        required(
                                "two requests on one connection are answered",
                                subject -> onOneConnection(
                                        subject,
                                        InferApi.request(subject.model(), 1).toString())),
                        required(
                                "a refusal leaves its connection usable, or says that it closes it",
                                subject -> onOneConnection(subject, "{\"inputs\": [{")),
                        required(
                                "a body in chunks is read",
                                subject -> subject.http()
                                        .postInChunks(path(subject), request(subject))
                                        .requireOk()
                                        .shown()),
                        recommended("a body in gzip is read, or refused", HttpSection::gzip),
                        required("an answer in gzip can be read", subject -> {
                            Answer answer = subject.http()
                                    .postAcceptingGzip(path(subject), request(subject))
                                    .requireOk();
                            InferApi.outputs(answer.inflated());
                            return answer.header("content-encoding").orElse("not compressed");
                        }),
                        required(
                                "the answer's Content-Type is application/json",
                                subject -> contentType(InferApi.infer(subject, request(subject))
                                        .requireOk())),
                        required(
                                "a refusal's Content-Type is application/json",
                                subject -> contentType(
                                        subject.http().post(path(subject), "{}").requireRefusal()))));
    }

    private static String path(Subject subject) {
        return InferApi.path(subject.model()) + "/infer";
    }

    private static JsonNode request(Subject subject) {
        return InferApi.request(subject.model(), 1);
    }

    private static String gzip(Subject subject) throws IOException {
        Answer answer = subject.http().postInGzip(path(subject), request(subject));
        return (answer.isOk() ? answer : answer.requireClientError()).shown();
    }

    private static String contentType(Answer answer) {
        String type = answer.header("content-type").orElse("none");
        answer.require(type.startsWith("application/json"), "the Content-Type application/json, not " + type);
        return type;
    }

    /** Sends a body and then a valid request on the same connection. */
    private static String onOneConnection(Subject subject, String first) throws IOException {
        try (KeptConnection connection = subject.http().connect()) {
            Answer answer = connection.post(path(subject), first);
            if (answer.header("connection").orElse("").equalsIgnoreCase("close")) {
                return "closes, and says so: " + answer.shown();
            }
            try {
                return connection
                        .post(path(subject), request(subject))
                        .requireOk()
                        .shown();
            } catch (IOException e) {
                throw new DeviationException("after %s the connection is lost: %s".formatted(answer.shown(), e));
            }
        }
    }
}
