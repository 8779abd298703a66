package io.catwalk.conformance.v2;

import static io.catwalk.conformance.check.Check.recommended;
import static io.catwalk.conformance.check.Check.required;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catwalk.conformance.check.DeviationException;
import io.catwalk.conformance.check.NotOfferedException;
import io.catwalk.conformance.check.Protocol;
import io.catwalk.conformance.check.Section;
import io.catwalk.conformance.http.Answer;
import io.catwalk.conformance.model.Model;
import io.catwalk.conformance.model.Output;
import io.catwalk.conformance.model.Outputs;
import io.catwalk.conformance.model.Subject;
import io.catwalk.conformance.model.TensorSpec;

/** {@code POST /v2/models/M[/versions/V]/infer} of valid requests in JSON. */
public final class InferSection {
    private static final String ID = "conformance-42";

    private InferSection() {}

    public static Section section() {
        return new Section(
                Protocol.OPEN_INFERENCE_V2,
                "Inference",
                "KServe, docs/predict-api/v2/required_api.md, Inference",
                InferApi::offer,
                List.of(
                        required("the answer names the model", InferSection::names),
                        required("an output has as many elements as its shape says", InferSection::shapes),
                        required("outputs are those of the metadata: name, datatype, shape", InferSection::asMetadata),
                        required("flat and nested data have equal answers", InferSection::nested),
                        required("the same request has the same answer", InferSection::repeated),
                        required("a row of a batch has the answer that it has alone", InferSection::alone),
                        required("id is echoed", InferSection::id),
                        required("requested outputs are answered, and no others", InferSection::requested),
                        recommended("unknown parameters are ignored", InferSection::parameters),
                        required("a version infers", InferSection::version),
                        recommended("model_version is the one in the path", InferSection::modelVersion)));
    }

    private static String names(Subject subject) throws IOException {
        Answer answer =
                InferApi.infer(subject, InferApi.request(subject.model(), 1)).requireOk();
        String name = answer.json().path("model_name").asText();
        return answer.require(
                        name.equals(subject.model().name()),
                        "model_name " + subject.model().name())
                .shown();
    }

    private static String shapes(Subject subject) throws IOException {
        List<Output> outputs = InferApi.outputs(InferApi.infer(subject, InferApi.request(subject.model(), 2)));
        for (Output output : outputs) {
            output.requireFull();
        }
        return outputs.stream()
                .map(output -> output.name() + output.shape())
                .toList()
                .toString();
    }

    private static String asMetadata(Subject subject) throws IOException {
        Answer answer =
                InferApi.infer(subject, InferApi.request(subject.model(), 1)).requireOk();
        for (JsonNode output : answer.json().path("outputs")) {
            TensorSpec spec = spec(subject.model(), output.path("name").asText())
                    .orElseThrow(() -> new DeviationException("the metadata has no output " + output.path("name")));
            answer.require(
                            output.path("datatype")
                                    .asText()
                                    .equals(spec.datatype().name()),
                            spec.datatype().name())
                    .require(fits(output.path("shape"), spec.shape()), "the shape " + spec.shape());
        }
        return answer.shown();
    }

    private static Optional<TensorSpec> spec(Model model, String name) {
        if (model.outputs().isEmpty()) {
            throw new NotOfferedException("the metadata has no outputs");
        }
        return model.outputs().stream()
                .filter(output -> output.name().equals(name))
                .findFirst();
    }

    private static boolean fits(JsonNode shape, List<Long> spec) {
        boolean fits = shape.size() == spec.size();
        for (int dimension = 0; fits && dimension < spec.size(); dimension++) {
            fits = spec.get(dimension) < 0 || shape.get(dimension).asLong() == spec.get(dimension);
        }
        return fits;
    }

    private static String nested(Subject subject) throws IOException {
        List<Output> flat = InferApi.outputs(InferApi.infer(subject, InferApi.request(subject.model(), 2)));
        List<Output> nested = InferApi.outputs(InferApi.infer(subject, InferApi.nested(subject.model(), 2)));
        return Outputs.requireEqual(flat, nested, "flat and nested");
    }

    private static String repeated(Subject subject) throws IOException {
        ObjectNode request = InferApi.request(subject.model(), 1);
        return Outputs.requireEqual(
                InferApi.outputs(InferApi.infer(subject, request)),
                InferApi.outputs(InferApi.infer(subject, request)),
                "the same request twice");
    }

    private static String alone(Subject subject) throws IOException {
        subject.requireBatches();
        List<Output> three = InferApi.outputs(InferApi.infer(subject, InferApi.request(subject.model(), 3)));
        List<Output> one = InferApi.outputs(InferApi.infer(subject, InferApi.request(subject.model(), 1)));
        return Outputs.requireEqual(
                three.stream().map(output -> output.rows(0, 1)).toList(), one, "the first row of three, and it alone");
    }

    private static String id(Subject subject) throws IOException {
        Answer answer = InferApi.infer(
                        subject, InferApi.request(subject.model(), 1).put("id", ID))
                .requireOk();
        return answer.require(answer.json().path("id").asText().equals(ID), "id " + ID)
                .shown();
    }

    private static String requested(Subject subject) throws IOException {
        ObjectNode request = InferApi.request(subject.model(), 1);
        String name =
                InferApi.outputs(InferApi.infer(subject, request)).getFirst().name();
        InferApi.output(request, name);
        Answer answer = InferApi.infer(subject, request).requireOk();
        JsonNode outputs = answer.json().path("outputs");
        return answer.require(
                        outputs.size() == 1 && outputs.at("/0/name").asText().equals(name), name + " alone")
                .shown();
    }

    private static String parameters(Subject subject) throws IOException {
        ObjectNode request = InferApi.request(subject.model(), 1);
        request.putObject("parameters").put("no_such_parameter", 7);
        InferApi.input(request).putObject("parameters").put("no_such_parameter", true);
        return InferApi.infer(subject, request).requireOk().shown();
    }

    private static Answer inferVersion(Subject subject) throws IOException {
        return subject.http()
                .post(
                        InferApi.path(subject.model()) + "/versions/" + subject.version() + "/infer",
                        InferApi.request(subject.model(), 1))
                .requireOk();
    }

    private static String version(Subject subject) throws IOException {
        return inferVersion(subject).shown();
    }

    private static String modelVersion(Subject subject) throws IOException {
        Answer answer = inferVersion(subject);
        String version = answer.json().path("model_version").asText();
        return answer.require(version.equals(subject.version()), "model_version " + subject.version())
                .shown();
    }
}
