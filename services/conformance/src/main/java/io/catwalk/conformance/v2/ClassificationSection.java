package io.catwalk.conformance.v2;

import static io.catwalk.conformance.check.Check.required;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catwalk.conformance.check.NotOfferedException;
import io.catwalk.conformance.check.Protocol;
import io.catwalk.conformance.check.Section;
import io.catwalk.conformance.http.Answer;
import io.catwalk.conformance.model.Output;
import io.catwalk.conformance.model.Subject;

/** {@code classification}: the highest values of an output, each as {@code value:index[:label]}. */
public final class ClassificationSection {
    private static final int TOP = 2;
    private static final String FORM = "[-+.0-9eE]+:[0-9]+(:.*)?";

    private ClassificationSection() {}

    public static Section section() {
        return new Section(
                Protocol.OPEN_INFERENCE_V2,
                "Classification",
                "Triton, docs/protocol/extension_classification.md",
                Extension.offered("classification", ClassificationSection::acts),
                List.of(
                        required("classes are BYTES as value:index[:label]", ClassificationSection::form),
                        required("classes are the highest values, the highest first", ClassificationSection::highest),
                        required("each row of a batch has its classes", ClassificationSection::rows),
                        required("classes are binary where binary_data says so", ClassificationSection::binary)));
    }

    private static Answer classify(Subject subject, int rows) throws IOException {
        ObjectNode request = InferApi.request(subject.model(), rows);
        InferApi.output(request, numbers(subject, rows).name()).put("classification", TOP);
        return InferApi.infer(subject, request);
    }

    /** The first output, as numbers. */
    private static Output numbers(Subject subject, int rows) throws IOException {
        return InferApi.outputs(InferApi.infer(subject, InferApi.request(subject.model(), rows)))
                .getFirst();
    }

    private static String acts(Subject subject) throws IOException {
        Answer answer = classify(subject, 1);
        if (!answer.isOk() || !answer.json().at("/outputs/0/datatype").asText().equals("BYTES")) {
            throw new NotOfferedException(answer.shown());
        }
        return answer.shown();
    }

    private static List<String> classes(Answer answer) {
        answer.requireOk();
        JsonNode output = answer.json().at("/outputs/0");
        answer.require(output.path("datatype").asText().equals("BYTES"), "the datatype BYTES");
        List<String> classes = new ArrayList<>();
        for (JsonNode element : output.path("data")) {
            answer.require(element.asText().matches(FORM), "value:index[:label], not " + element);
            classes.add(element.asText());
        }
        return classes;
    }

    private static String form(Subject subject) throws IOException {
        Answer answer = classify(subject, 1);
        answer.require(classes(answer).size() == TOP, TOP + " classes");
        return classes(answer).toString();
    }

    private static String highest(Subject subject) throws IOException {
        List<Object> values = numbers(subject, 1).elements();
        Answer answer = classify(subject, 1);
        List<String> classes = classes(answer);
        List<Double> sorted = values.stream()
                .map(value -> (Double) value)
                .sorted((a, b) -> Double.compare(b, a))
                .toList();
        for (int rank = 0; rank < classes.size(); rank++) {
            int index = Integer.parseInt(classes.get(rank).split(":", 3)[1]);
            answer.require(
                    index < values.size() && values.get(index).equals(sorted.get(rank)),
                    "at rank " + rank + " the value " + sorted.get(rank));
        }
        return classes.toString();
    }

    private static String rows(Subject subject) throws IOException {
        subject.requireBatches();
        Answer answer = classify(subject, 2);
        answer.require(classes(answer).size() == 2 * TOP, 2 * TOP + " classes");
        return classes(answer).toString();
    }

    private static String binary(Subject subject) throws IOException {
        ObjectNode request = InferApi.request(subject.model(), 1);
        InferApi.output(request, numbers(subject, 1).name())
                .put("classification", TOP)
                .put("binary_data", true);
        Answer answer = InferApi.infer(subject, request).requireOk();
        List<Object> classes = InferApi.outputs(answer).getFirst().elements();
        return answer.require(
                        classes.equals(classes(classify(subject, 1))), "the same classes as in JSON, not " + classes)
                .shown();
    }
}
