package io.catwalk.conformance.fake;

import static io.catwalk.conformance.fake.RefusedException.require;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.DoubleStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The paths below {@code /v2}. */
final class FakeV2 {
    private static final String LENGTH = "inference-header-content-length";
    private static final String DURATIONS =
            "'success':{'count':%d,'ns':1},'fail':{'count':0,'ns':0},'queue':{'count':1,'ns':1},'compute_input':{'count':1,'ns':1},'compute_infer':{'count':1,'ns':1},'compute_output':{'count':1,'ns':1}";

    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong rows = new AtomicLong();

    Reply answer(Call call) {
        String path = call.path().replaceFirst("/versions/" + FakeModel.VERSION, "");
        if (call.isPost()) {
            return switch (path) {
                case "/v2/repository/index" ->
                    Reply.json("[{'name':'fake','version':'3','state':'READY','reason':''}]");
                case "/v2/models/fake/infer" -> infer(call);
                case "/v2/health/live", "/v2/health/ready" -> throw new RefusedException(405, "GET it");
                default -> throw new RefusedException(404, "no such route");
            };
        }
        return switch (path) {
            case "/v2" ->
                Reply.json(
                        "{'name':'fake','version':'1','extensions':['binary_tensor_data','classification','statistics','model_repository','model_configuration']}");
            case "/v2/health/live" -> Reply.json("{'live':true}");
            case "/v2/health/ready" -> Reply.json("{'ready':true}");
            case "/v2/models/fake/ready" -> Reply.json("{'name':'fake','ready':true}");
            case "/v2/models/fake" ->
                Reply.json(
                        "{'name':'fake','versions':['3'],'platform':'java','inputs':[{'name':'x','datatype':'FP32','shape':[-1,3]}],'outputs':[{'name':'y','datatype':'FP32','shape':[-1,2]}]}");
            case "/v2/models/fake/config" ->
                Reply.json(
                        "{'name':'fake','max_batch_size':8,'input':[{'name':'x','data_type':'TYPE_FP32','dims':[3]}],'output':[{'name':'y','data_type':'TYPE_FP32','dims':[2]}]}");
            case "/v2/models/fake/stats", "/v2/models/stats" ->
                Reply.json(
                        ("{'model_stats':[{'name':'fake','version':'3','inference_count':%d,'execution_count':%d,'inference_stats':{"
                                        + DURATIONS + "}}]}")
                                .formatted(rows.get(), requests.get(), requests.get()));
            case "/v2/models/fake/infer" -> throw new RefusedException(405, "POST it");
            default -> throw new RefusedException(404, "no such route");
        };
    }

    private Reply infer(Call call) {
        int length = jsonLength(call);
        if (length == 0) {
            List<Double> values = floats(call.body(), 0);
            return write(
                    FakeServer.object(
                            "{\"parameters\":{\"binary_data_output\":true}}".getBytes(StandardCharsets.UTF_8)),
                    values);
        }
        JsonNode request = FakeServer.object(Arrays.copyOf(call.body(), length));
        JsonNode inputs = request.path("inputs");
        require(inputs.isArray() && inputs.size() == 1, "one input");
        JsonNode input = inputs.get(0);
        require(input.path("name").asText().equals(FakeModel.INPUT), "the input is x");
        require(input.path("datatype").asText().equals("FP32"), "the datatype is FP32");
        JsonNode shape = input.path("shape");
        require(shape.size() == 2 && shape.at("/0").isInt() && shape.at("/0").intValue() > 0, "the shape is [n,3]");
        require(shape.at("/1").intValue() == FakeModel.WIDTH, "the shape is [n,3]");
        int wanted = shape.at("/0").intValue() * FakeModel.WIDTH;
        List<Double> values;
        if (input.has("data")) {
            require(length == call.body().length, "nothing after the JSON");
            values = data(input.get("data"));
        } else {
            require(input.at("/parameters/binary_data_size").asInt() == wanted * Float.BYTES, "the shape's bytes");
            values = floats(call.body(), length);
        }
        require(values.size() == wanted, "as many elements as the shape says");
        return write(request, values);
    }

    private static int jsonLength(Call call) {
        String header = call.headers().get(LENGTH);
        if (header == null) {
            require(call.body().length > 0, "the body is empty");
            return call.body().length;
        }
        require(header.matches("[0-9]+") && Integer.parseInt(header) <= call.body().length, "the header's length");
        return Integer.parseInt(header);
    }

    private static List<Double> data(JsonNode data) {
        require(data.isArray() && !data.isEmpty(), "data must be an array");
        if (data.get(0).isArray()) {
            return FakeModel.numbers(data);
        }
        List<Double> values = new ArrayList<>();
        data.forEach(number -> {
            require(number.isNumber(), "data must be numbers");
            values.add(number.doubleValue());
        });
        return values;
    }

    private static List<Double> floats(byte[] body, int from) {
        ByteBuffer bytes = ByteBuffer.wrap(body, from, body.length - from).order(ByteOrder.LITTLE_ENDIAN);
        List<Double> values = new ArrayList<>();
        while (bytes.remaining() >= Float.BYTES) {
            values.add((double) bytes.getFloat());
        }
        require(!bytes.hasRemaining(), "whole elements");
        return values;
    }

    private Reply write(JsonNode request, List<Double> values) {
        List<double[]> outputs = FakeModel.outputs(values);
        requests.incrementAndGet();
        rows.addAndGet(outputs.size());
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        answer.put("model_name", FakeModel.NAME).put("model_version", FakeModel.VERSION);
        if (request.has("id")) {
            answer.set("id", request.get("id"));
        }
        JsonNode wanted = request.path("outputs").path(0);
        require(wanted.path("name").asText(FakeModel.OUTPUT).equals(FakeModel.OUTPUT), "the output is y");
        ObjectNode output = answer.putArray("outputs").addObject().put("name", FakeModel.OUTPUT);
        int classes = wanted.at("/parameters/classification").asInt();
        boolean binary = wanted.at("/parameters/binary_data")
                .asBoolean(request.at("/parameters/binary_data_output").asBoolean());
        output.put("datatype", classes > 0 ? "BYTES" : "FP32");
        output.putArray("shape").add(outputs.size()).add(classes > 0 ? classes : 2);
        if (classes > 0) {
            List<String> ranked =
                    outputs.stream().flatMap(row -> ranked(row).stream()).toList();
            if (binary) {
                ByteArrayOutputStream texts = new ByteArrayOutputStream();
                ranked.forEach(text -> texts.writeBytes(lengthAndText(text)));
                output.putObject("parameters").put("binary_data_size", texts.size());
                return binary(answer, texts.toByteArray());
            }
            ArrayNode data = output.putArray("data");
            ranked.forEach(data::add);
            return Reply.ok(answer);
        }
        double[] numbers = outputs.stream().flatMapToDouble(DoubleStream::of).toArray();
        if (!binary) {
            ArrayNode data = output.putArray("data");
            DoubleStream.of(numbers).forEach(data::add);
            return Reply.ok(answer);
        }
        output.putObject("parameters").put("binary_data_size", numbers.length * Float.BYTES);
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        DoubleStream.of(numbers).forEach(number -> bytes.putFloat((float) number));
        return binary(answer, bytes.array());
    }

    static byte[] lengthAndText(String text) {
        return ByteBuffer.allocate(Integer.BYTES + text.length())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(text.length())
                .put(text.getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    private static Reply binary(ObjectNode answer, byte[] bytes) {
        byte[] json = answer.toString().getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(json);
        body.writeBytes(bytes);
        return new Reply(200, Map.of("Content-Type", "application/octet-stream"), body.toByteArray())
                .with(LENGTH, Integer.toString(json.length));
    }

    static List<String> ranked(double[] row) {
        String first = row[0] + ":0:sum";
        String second = row[1] + ":1:first";
        return row[0] >= row[1] ? List.of(first, second) : List.of(second, first);
    }
}
