package io.catwalk.conformance.v1;

import static io.catwalk.conformance.check.Check.recommended;
import static io.catwalk.conformance.check.Check.required;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catwalk.conformance.check.Check;
import io.catwalk.conformance.check.Protocol;
import io.catwalk.conformance.check.Section;
import io.catwalk.conformance.http.Answer;
import io.catwalk.conformance.model.Model;
import io.catwalk.conformance.model.Output;
import io.catwalk.conformance.model.Subject;

/** {@code POST /v1/models/M[/versions/V|/labels/L]:predict} of valid requests. */
public final class PredictSection {
    private PredictSection() {}

    public static Section section() {
        return new Section(
                Protocol.TENSORFLOW_SERVING_V1,
                "Predict",
                "TensorFlow Serving, g3doc/api_rest.md, Predict API",
                PredictApi::offer,
                List.of(
                        required("row form: one prediction for each instance", PredictSection::rows),
                        required("row form with the inputs' names", PredictSection::namedRows),
                        required("column form: outputs for inputs", PredictSection::columns),
                        required("column form with the inputs' names", PredictSection::namedColumns),
                        required("both forms have equal answers", PredictSection::bothForms),
                        required("each instance has the prediction that it has alone", PredictSection::alone),
                        required("signature_name may name the default signature", PredictSection::signature),
                        versioned("a version predicts", "versions"),
                        versioned("a label predicts", "labels"),
                        required("the answer's Content-Type is application/json", PredictSection::contentType),
                        recommended("a body needs no Content-Type of JSON", PredictSection::anyContentType)));
    }

    private static String rows(Subject subject) throws IOException {
        subject.requireBatches();
        return requireRows(subject, PredictApi.row(subject.model(), 3), 3);
    }

    private static String namedRows(Subject subject) throws IOException {
        subject.requireBatches();
        return requireRows(subject, PredictApi.namedRow(subject.model(), 2), 2);
    }

    private static String requireRows(Subject subject, ObjectNode body, int rows) throws IOException {
        Answer answer = PredictApi.predict(subject, body).requireOk();
        return answer.require(answer.json().path("predictions").size() == rows, rows + " predictions")
                .shown();
    }

    private static String columns(Subject subject) throws IOException {
        Answer answer = PredictApi.predict(subject, PredictApi.column(subject.model(), 2));
        PredictApi.outputs(answer, subject.model());
        return answer.shown();
    }

    private static String namedColumns(Subject subject) throws IOException {
        Answer answer = PredictApi.predict(subject, PredictApi.namedColumn(subject.model(), 2));
        PredictApi.outputs(answer, subject.model());
        return answer.shown();
    }

    private static String bothForms(Subject subject) throws IOException {
        subject.requireBatches();
        Model model = subject.model();
        List<Output> rows = PredictApi.predictions(PredictApi.predict(subject, PredictApi.row(model, 2)), model);
        List<Output> columns = PredictApi.outputs(PredictApi.predict(subject, PredictApi.column(model, 2)), model);
        for (int index = 0; index < rows.size(); index++) {
            rows.get(index).requireEqual(columns.get(index), "row form and column form");
        }
        return rows.size() + " outputs";
    }

    private static String alone(Subject subject) throws IOException {
        subject.requireBatches();
        Model model = subject.model();
        List<Output> three = PredictApi.predictions(PredictApi.predict(subject, PredictApi.row(model, 3)), model);
        List<Output> one = PredictApi.predictions(PredictApi.predict(subject, PredictApi.row(model, 1)), model);
        for (int index = 0; index < one.size(); index++) {
            three.get(index).rows(0, 1).requireEqual(one.get(index), "the first of three instances, and it alone");
        }
        return one.size() + " outputs";
    }

    private static String signature(Subject subject) throws IOException {
        ObjectNode body = PredictApi.valid(subject, 1).put("signature_name", "serving_default");
        return PredictApi.predict(subject, body).requireOk().shown();
    }

    private static Check versioned(String name, String kind) {
        return required(name, subject -> {
            String which = kind.equals("labels") ? subject.label() : subject.version();
            return subject.http()
                    .post(
                            "%s/%s/%s:predict".formatted(PredictApi.path(subject.model()), kind, which),
                            PredictApi.valid(subject, 1))
                    .requireOk()
                    .shown();
        });
    }

    private static String contentType(Subject subject) throws IOException {
        Answer answer =
                PredictApi.predict(subject, PredictApi.valid(subject, 1)).requireOk();
        String type = answer.header("content-type").orElse("none");
        answer.require(type.startsWith("application/json"), "the Content-Type application/json, not " + type);
        return type;
    }

    private static String anyContentType(Subject subject) throws IOException {
        byte[] body = PredictApi.valid(subject, 1).toString().getBytes(StandardCharsets.UTF_8);
        return subject.http()
                .post(PredictApi.path(subject.model()) + ":predict", Map.of(), body)
                .requireOk()
                .shown();
    }
}
