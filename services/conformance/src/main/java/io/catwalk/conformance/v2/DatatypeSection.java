package io.catwalk.conformance.v2;

import java.io.IOException;
import java.util.Arrays;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catwalk.conformance.check.Check;
import io.catwalk.conformance.check.NotOfferedException;
import io.catwalk.conformance.check.Probe;
import io.catwalk.conformance.check.Protocol;
import io.catwalk.conformance.check.Section;
import io.catwalk.conformance.http.Answer;
import io.catwalk.conformance.model.Datatype;
import io.catwalk.conformance.model.Output;
import io.catwalk.conformance.model.Subject;
import io.catwalk.conformance.model.TensorSpec;

/** Each datatype: those that the model states are answered, all others are answered or refused, but never a server's error. */
public final class DatatypeSection {
    private DatatypeSection() {}

    public static Section section() {
        return new Section(
                Protocol.OPEN_INFERENCE_V2,
                "Datatypes",
                "KServe, docs/predict-api/v2/required_api.md, Tensor Data Types",
                InferApi::offer,
                Arrays.stream(Datatype.values())
                        .map(type -> Check.required(
                                type + " is answered, or refused where the model doesn't state it", probe(type)))
                        .toList());
    }

    private static Probe probe(Datatype type) {
        return subject -> {
            TensorSpec first = subject.model().inputs().getFirst();
            return first.datatype() == type ? stated(subject) : foreign(subject, type);
        };
    }

    private static String stated(Subject subject) throws IOException {
        Datatype type = subject.model().inputs().getFirst().datatype();
        Answer answer = type.hasJsonForm()
                ? InferApi.infer(subject, InferApi.request(subject.model(), 1))
                : InferApi.inferBinary(subject, 1);
        InferApi.outputs(answer).forEach(Output::requireFull);
        return "stated: " + answer.shown();
    }

    /** A server may convert, or say that it doesn't. */
    private static String foreign(Subject subject, Datatype type) throws IOException {
        if (!type.hasJsonForm()) {
            throw new NotOfferedException("it has no JSON form, and the model doesn't state it");
        }
        TensorSpec first = subject.model().inputs().getFirst();
        TensorSpec converted = new TensorSpec(first.name(), type, first.shape());
        ObjectNode request = InferApi.request(subject.model(), 1);
        InferApi.input(request)
                .put("datatype", type.name())
                .set("data", converted.example(1, 0).flat());
        Answer answer = InferApi.infer(subject, request);
        return "not stated: " + (answer.isOk() ? answer : answer.requireRefusal()).shown();
    }
}
