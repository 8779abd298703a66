package io.catwalk.conformance.v2;

import static io.catwalk.conformance.check.Check.required;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catwalk.conformance.check.NotOfferedException;
import io.catwalk.conformance.check.Protocol;
import io.catwalk.conformance.check.Section;
import io.catwalk.conformance.http.Answer;
import io.catwalk.conformance.model.Datatype;
import io.catwalk.conformance.model.Model;
import io.catwalk.conformance.model.Output;
import io.catwalk.conformance.model.Outputs;
import io.catwalk.conformance.model.Subject;
import io.catwalk.conformance.model.Tensor;

/** {@code binary_tensor_data}: tensors in binary after the JSON. */
public final class BinarySection {
    private BinarySection() {}

    public static Section section() {
        return new Section(
                Protocol.OPEN_INFERENCE_V2,
                "Binary tensors",
                "Triton, docs/protocol/extension_binary_data.md",
                Extension.offered("binary_tensor_data", BinarySection::acts),
                List.of(
                        required("a binary input has the answer of the same in JSON", BinarySection::input),
                        required("outputs are binary where binary_data says so", BinarySection::output),
                        required("outputs are binary where binary_data_output says so", BinarySection::allOutputs),
                        required("binary_data: false keeps an output in JSON", BinarySection::jsonOutput),
                        required("a batch of three in binary", BinarySection::batch),
                        required("a body of nothing but one tensor, header 0", BinarySection::raw),
                        required("less bytes than binary_data_size are refused", BinarySection::lessBytes),
                        required("more bytes than binary_data_size are refused", BinarySection::moreBytes),
                        required("a binary_data_size that isn't the shape's is refused", BinarySection::wrongSize),
                        required("a header longer than the body is refused", BinarySection::longHeader),
                        required("a header that is no number is refused", BinarySection::noNumber)));
    }

    private static String acts(Subject subject) throws IOException {
        Answer answer = InferApi.inferBinary(subject, 1);
        if (!answer.isOk()) {
            throw new NotOfferedException(answer.shown());
        }
        return answer.shown();
    }

    private static List<Output> json(Subject subject, int rows) throws IOException {
        return InferApi.outputs(InferApi.infer(subject, InferApi.request(subject.model(), rows)));
    }

    private static String input(Subject subject) throws IOException {
        return Outputs.requireEqual(
                InferApi.outputs(InferApi.inferBinary(subject, 1)), json(subject, 1), "binary and JSON");
    }

    private static String output(Subject subject) throws IOException {
        ObjectNode request = InferApi.request(subject.model(), 1);
        for (Output output : json(subject, 1)) {
            InferApi.output(request, output.name()).put("binary_data", true);
        }
        return requireBinary(subject, request);
    }

    private static String allOutputs(Subject subject) throws IOException {
        ObjectNode request = InferApi.request(subject.model(), 1);
        request.putObject("parameters").put("binary_data_output", true);
        return requireBinary(subject, request);
    }

    private static String requireBinary(Subject subject, ObjectNode request) throws IOException {
        Answer answer = InferApi.infer(subject, request).requireOk();
        answer.require(answer.header(InferApi.JSON_LENGTH).isPresent(), "the header " + InferApi.JSON_LENGTH);
        for (JsonNode output : outputs(answer)) {
            answer.require(InferApi.isBinary(output) && !output.has("data"), "binary_data_size in place of data");
        }
        return Outputs.requireEqual(InferApi.outputs(answer), json(subject, 1), "binary and JSON");
    }

    private static String jsonOutput(Subject subject) throws IOException {
        ObjectNode request = InferApi.request(subject.model(), 1);
        request.putObject("parameters").put("binary_data_output", true);
        for (Output output : json(subject, 1)) {
            InferApi.output(request, output.name()).put("binary_data", false);
        }
        Answer answer = InferApi.infer(subject, request).requireOk();
        for (JsonNode output : outputs(answer)) {
            answer.require(output.has("data"), "data in JSON");
        }
        return answer.shown();
    }

    private static JsonNode outputs(Answer answer) {
        return answer.json(InferApi.jsonLength(answer)).path("outputs");
    }

    private static String batch(Subject subject) throws IOException {
        subject.requireBatches();
        return Outputs.requireEqual(
                InferApi.outputs(InferApi.inferBinary(subject, 3)), json(subject, 3), "binary and JSON");
    }

    private static String raw(Subject subject) throws IOException {
        Model model = subject.model();
        if (model.inputs().size() != 1 || model.inputs().getFirst().datatype() == Datatype.BYTES) {
            throw new NotOfferedException("it is for a single input of numbers");
        }
        Tensor input = model.example(1, 0).getFirst();
        return Outputs.requireEqual(
                InferApi.outputs(InferApi.inferBytes(subject, "0", input.binary())), json(subject, 1), "raw and JSON");
    }

    private static String lessBytes(Subject subject) throws IOException {
        ObjectNode head = InferApi.binaryHead(subject.model(), 1);
        return InferApi.inferBinary(subject, head, List.of()).requireRefusal().shown();
    }

    private static String moreBytes(Subject subject) throws IOException {
        ObjectNode head = InferApi.binaryHead(subject.model(), 1);
        return InferApi.inferBinary(subject, head, subject.model().example(2, 0))
                .requireRefusal()
                .shown();
    }

    private static String wrongSize(Subject subject) throws IOException {
        ObjectNode head = InferApi.binaryHead(subject.model(), 1);
        ObjectNode parameters = (ObjectNode) InferApi.input(head).get("parameters");
        parameters.put("binary_data_size", parameters.get("binary_data_size").asInt() - 1);
        return InferApi.inferBinary(subject, head, subject.model().example(1, 0))
                .requireRefusal()
                .shown();
    }

    private static String longHeader(Subject subject) throws IOException {
        byte[] body = InferApi.request(subject.model(), 1).toString().getBytes(StandardCharsets.UTF_8);
        return InferApi.inferBytes(subject, Integer.toString(body.length + 1), body)
                .requireRefusal()
                .shown();
    }

    private static String noNumber(Subject subject) throws IOException {
        return InferApi.inferBytes(subject, "all", new byte[] {'{', '}'})
                .requireRefusal()
                .shown();
    }
}
