package io.catwalk.conformance.v2;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catwalk.conformance.check.DeviationException;
import io.catwalk.conformance.check.NotOfferedException;
import io.catwalk.conformance.http.Answer;
import io.catwalk.conformance.model.Datatype;
import io.catwalk.conformance.model.Model;
import io.catwalk.conformance.model.Output;
import io.catwalk.conformance.model.Subject;
import io.catwalk.conformance.model.Tensor;

/**
 * The requests and answers of {@code infer}, in JSON and with binary tensors. Source: KServe, docs/predict-api/v2; Triton,
 * docs/protocol/extension_binary_data.md.
 */
public final class InferApi {
    /** The bytes of the JSON before binary tensors. */
    static final String JSON_LENGTH = "Inference-Header-Content-Length";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private InferApi() {}

    /** The path of the model's metadata, and the begin of its other paths. */
    static String path(Model model) {
        return "/v2/models/" + model.name();
    }

    /** Whether the server answers a valid request. */
    public static String offer(Subject subject) throws IOException {
        Answer answer = infer(subject, request(subject.model(), 1));
        if (!answer.isOk()) {
            throw new NotOfferedException("infer of a valid request: " + answer.shown());
        }
        return answer.shown();
    }

    public static Answer infer(Subject subject, JsonNode body) throws IOException {
        return subject.http().post(path(subject.model()) + "/infer", body);
    }

    /** A valid request with flat data. */
    public static ObjectNode request(Model model, int rows) {
        ArrayNode inputs = JSON.arrayNode();
        model.example(rows, 0).forEach(input -> inputs.add(head(input).set("data", input.flat())));
        return JSON.objectNode().set("inputs", inputs);
    }

    /** A valid request with nested data. */
    static ObjectNode nested(Model model, int rows) {
        ArrayNode inputs = JSON.arrayNode();
        model.example(rows, 0).forEach(input -> inputs.add(head(input).set("data", input.nested())));
        return JSON.objectNode().set("inputs", inputs);
    }

    /** A valid request's JSON whose tensors follow it in binary. */
    static ObjectNode binaryHead(Model model, int rows) {
        ArrayNode inputs = JSON.arrayNode();
        model.example(rows, 0).forEach(input -> {
            ObjectNode head = head(input);
            head.putObject("parameters").put("binary_data_size", input.binary().length);
            inputs.add(head);
        });
        return JSON.objectNode().set("inputs", inputs);
    }

    /** The first input of a request. */
    static ObjectNode input(ObjectNode request) {
        return (ObjectNode) request.at("/inputs/0");
    }

    /** Requests an output. Returns its parameters. */
    static ObjectNode output(ObjectNode request, String name) {
        ArrayNode outputs = request.withArray("outputs");
        return outputs.addObject().put("name", name).putObject("parameters");
    }

    /** Sends a request's JSON and its tensors after it. */
    public static Answer inferBinary(Subject subject, ObjectNode head, List<Tensor> tensors) throws IOException {
        byte[] json = head.toString().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(json);
        tensors.forEach(tensor -> body.writeBytes(tensor.binary()));
        return inferBytes(subject, Integer.toString(json.length), body.toByteArray());
    }

    /** A valid request with binary tensors. */
    public static Answer inferBinary(Subject subject, int rows) throws IOException {
        return inferBinary(
                subject, binaryHead(subject.model(), rows), subject.model().example(rows, 0));
    }

    /** @param jsonLength the header {@link #JSON_LENGTH} */
    static Answer inferBytes(Subject subject, String jsonLength, byte[] body) throws IOException {
        Map<String, String> headers = new HashMap<>();
        headers.put("Content-Type", "application/octet-stream");
        headers.put(JSON_LENGTH, jsonLength);
        return subject.http().post(path(subject.model()) + "/infer", headers, body);
    }

    /** The outputs of an answer, in JSON or in binary. */
    public static List<Output> outputs(Answer answer) {
        answer.requireOk();
        int length = jsonLength(answer);
        ByteBuffer binary = ByteBuffer.wrap(answer.body(), length, answer.body().length - length)
                .order(ByteOrder.LITTLE_ENDIAN);
        JsonNode outputs = answer.json(length).path("outputs");
        answer.require(outputs.isArray() && !outputs.isEmpty(), "an array of outputs");
        List<Output> read = new ArrayList<>();
        for (JsonNode output : outputs) {
            read.add(output(answer, output, binary));
        }
        answer.require(
                !binary.hasRemaining(), "no more bytes than the outputs have, " + binary.remaining() + " are left");
        return read;
    }

    /** Whether an output's elements follow the JSON. */
    static boolean isBinary(JsonNode output) {
        return output.at("/parameters/binary_data_size").isIntegralNumber();
    }

    static int jsonLength(Answer answer) {
        int most = answer.body().length;
        int length = answer.header(JSON_LENGTH).map(Integer::parseInt).orElse(most);
        answer.require(length >= 0 && length <= most, JSON_LENGTH + " from 0 to " + most + ", not " + length);
        return length;
    }

    private static Output output(Answer answer, JsonNode output, ByteBuffer binary) {
        String name = output.path("name").asText();
        List<Long> shape = new ArrayList<>();
        output.path("shape").forEach(size -> shape.add(size.asLong()));
        List<Object> elements = new ArrayList<>();
        if (isBinary(output)) {
            Datatype type = Datatype.named(output.path("datatype").asText())
                    .orElseThrow(() -> new DeviationException("output " + name + " has no datatype of the protocol"));
            long size = output.at("/parameters/binary_data_size").asLong();
            answer.require(
                    size >= 0 && size <= binary.remaining(),
                    "binary_data_size bytes of output " + name + " after the JSON");
            int end = binary.position() + (int) size;
            try {
                while (binary.position() < end) {
                    elements.add(type.read(binary));
                }
            } catch (BufferUnderflowException e) {
                throw new DeviationException("output " + name + " ends within an element");
            }
        } else {
            flatten(output.path("data"), elements);
        }
        return new Output(name, shape, elements);
    }

    private static void flatten(JsonNode value, List<Object> elements) {
        if (value.isArray()) {
            value.forEach(element -> flatten(element, elements));
        } else if (value.isNumber()) {
            elements.add(value.doubleValue());
        } else if (value.isBoolean()) {
            elements.add(value.booleanValue() ? 1.0 : 0.0);
        } else if (value.isTextual()) {
            elements.add(value.textValue());
        } else {
            throw new DeviationException("expected elements in data, was '" + value + "'");
        }
    }

    private static ObjectNode head(Tensor input) {
        ObjectNode head = JSON.objectNode();
        head.put("name", input.name());
        ArrayNode shape = head.putArray("shape");
        input.shape().forEach(shape::add);
        return head.put("datatype", input.datatype().name());
    }
}
