package io.catwalk.serving.protocol.v2;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.catwalk.serving.protocol.tensor.Datatype;
import io.catwalk.serving.protocol.tensor.FloatTensorReader;
import io.catwalk.serving.protocol.tensor.ImageBatch;
import io.catwalk.serving.protocol.tensor.ImageLimit;
import io.catwalk.serving.protocol.tensor.JsonInput;
import io.catwalk.serving.protocol.v2.InputTensor.Data;
import io.catwalk.serving.refusal.RefusedException;

/** The JSON of an inference request, field by field in any order; unknown fields are ignored. */
final class InferJson {
    static final int MAX_TENSORS = 16;
    private static final int MAX_RANK = 8;
    private static final int MAX_ID_LENGTH = 256;

    private final ImageLimit limit;

    private Optional<String> id = Optional.empty();
    private boolean binaryOutput;
    private List<InputTensor> inputs = List.of();
    private List<RequestedOutput> outputs = List.of();

    private InferJson(ImageLimit limit) {
        this.limit = limit;
    }

    /**
     * @param length the bytes of the body that are JSON
     * @param limit for the elements of one tensor
     * @throws RefusedException with {@code BAD_INPUT}, naming the place
     */
    static InferJson read(byte[] body, int length, ImageLimit limit) {
        InferJson request = new InferJson(limit);
        return JsonInput.read(body, length, json -> {
            request.readFields(json);
            return request;
        });
    }

    Optional<String> id() {
        return id;
    }

    /** Whether outputs are to be binary where they don't say otherwise. */
    boolean binaryOutput() {
        return binaryOutput;
    }

    List<InputTensor> inputs() {
        return inputs;
    }

    List<RequestedOutput> outputs() {
        return outputs;
    }

    private void readFields(JsonParser json) throws IOException {
        while (JsonInput.nextField(json)) {
            switch (json.currentName()) {
                case "id" -> id = Optional.of(readId(json));
                case "parameters" -> readParameters(json);
                case "inputs" -> inputs = readTensors(json, "inputs", this::readInput);
                case "outputs" -> outputs = readTensors(json, "outputs", InferJson::readOutput);
                default -> json.skipChildren();
            }
        }
    }

    private static String readId(JsonParser json) throws IOException {
        String id = JsonInput.text(json, "id");
        if (id.length() > MAX_ID_LENGTH) {
            throw RefusedException.badInput("id must have at most " + MAX_ID_LENGTH + " characters");
        }
        return id;
    }

    private void readParameters(JsonParser json) throws IOException {
        requireObject(json, "parameters");
        while (JsonInput.nextField(json)) {
            if (json.currentName().equals("binary_data_output")) {
                binaryOutput = JsonInput.flag(json, "parameters.binary_data_output");
            } else {
                json.skipChildren();
            }
        }
    }

    private static <T> List<T> readTensors(JsonParser json, String name, TensorReading<T> reading) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw RefusedException.badInput(name + " must be an array");
        }
        List<T> tensors = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (tensors.size() == MAX_TENSORS) {
                throw RefusedException.badInput(name + " must hold at most " + MAX_TENSORS + " tensors");
            }
            String place = name + "[" + tensors.size() + "]";
            requireObject(json, place);
            tensors.add(reading.read(json, place));
        }
        return tensors;
    }

    private InputTensor readInput(JsonParser json, String place) throws IOException {
        Optional<String> name = Optional.empty();
        Optional<String> datatype = Optional.empty();
        Optional<List<Long>> shape = Optional.empty();
        Optional<Data> data = Optional.empty();
        OptionalLong binaryBytes = OptionalLong.empty();
        while (JsonInput.nextField(json)) {
            switch (json.currentName()) {
                case "name" -> name = Optional.of(JsonInput.text(json, place + ".name"));
                case "datatype" -> datatype = Optional.of(JsonInput.text(json, place + ".datatype"));
                case "shape" -> shape = Optional.of(readShape(json, place + ".shape"));
                case "data" -> data = Optional.of(readData(json, place + ".data", datatype));
                case "parameters" -> binaryBytes = readBinarySize(json, place + ".parameters");
                default -> json.skipChildren();
            }
        }
        return new InputTensor(
                require(name, place + ".name"),
                require(datatype, place + ".datatype"),
                require(shape, place + ".shape"),
                data,
                binaryBytes);
    }

    /** @param datatype if it came before the data; otherwise the first element says whether they are strings */
    private Data readData(JsonParser json, String place, Optional<String> datatype) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY
                || datatype.filter(type -> !type.equals(Datatype.BYTES)).isPresent()) {
            return new Data.Numbers(FloatTensorReader.read(json, place, limit));
        }
        int depth = 0;
        while (json.currentToken() == JsonToken.START_ARRAY && depth <= MAX_RANK) {
            depth++;
            json.nextToken();
        }
        return json.currentToken() == JsonToken.VALUE_STRING
                ? new Data.Strings(readStrings(json, depth, place))
                : new Data.Numbers(FloatTensorReader.readFromFirstElement(json, depth, place, limit));
    }

    /** @param depth of the first string, which is the current token */
    private List<byte[]> readStrings(JsonParser json, int depth, String place) throws IOException {
        List<byte[]> elements = new ArrayList<>();
        while (depth <= 2) {
            ImageBatch.requireCount(elements.size() + 1L, place, limit.maxImages());
            elements.add(JsonInput.base64(json, place + "[" + elements.size() + "]"));
            if (depth == 2 && json.nextToken() != JsonToken.END_ARRAY) {
                break;
            }
            JsonToken next = json.nextToken();
            if (next == JsonToken.END_ARRAY) {
                return elements;
            }
            if (depth == 2 && (next != JsonToken.START_ARRAY || json.nextToken() == JsonToken.END_ARRAY)) {
                break;
            }
        }
        throw RefusedException.badInput(place + " must hold base64 strings in the shape [n] or [n,1]");
    }

    private static List<Long> readShape(JsonParser json, String place) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw RefusedException.badInput(place + " must be an array of integers");
        }
        List<Long> shape = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (shape.size() == MAX_RANK) {
                throw RefusedException.badInput(place + " must have at most " + MAX_RANK + " dimensions");
            }
            shape.add(JsonInput.integer(json, place + "[" + shape.size() + "]"));
        }
        return shape;
    }

    private static OptionalLong readBinarySize(JsonParser json, String place) throws IOException {
        requireObject(json, place);
        OptionalLong size = OptionalLong.empty();
        while (JsonInput.nextField(json)) {
            if (json.currentName().equals("binary_data_size")) {
                size = OptionalLong.of(JsonInput.integer(json, place + ".binary_data_size"));
            } else {
                json.skipChildren();
            }
        }
        return size;
    }

    private static RequestedOutput readOutput(JsonParser json, String place) throws IOException {
        Optional<String> name = Optional.empty();
        RequestedOutput parameters = new RequestedOutput("", Optional.empty(), OptionalInt.empty());
        while (JsonInput.nextField(json)) {
            switch (json.currentName()) {
                case "name" -> name = Optional.of(JsonInput.text(json, place + ".name"));
                case "parameters" -> parameters = readOutputParameters(json, place + ".parameters");
                default -> json.skipChildren();
            }
        }
        return new RequestedOutput(require(name, place + ".name"), parameters.binary(), parameters.topClasses());
    }

    private static RequestedOutput readOutputParameters(JsonParser json, String place) throws IOException {
        requireObject(json, place);
        Optional<Boolean> binary = Optional.empty();
        OptionalInt topClasses = OptionalInt.empty();
        while (JsonInput.nextField(json)) {
            switch (json.currentName()) {
                case "binary_data" -> binary = Optional.of(JsonInput.flag(json, place + ".binary_data"));
                case "classification" -> topClasses = OptionalInt.of(readClassification(json, place));
                default -> json.skipChildren();
            }
        }
        return new RequestedOutput("", binary, topClasses);
    }

    private static int readClassification(JsonParser json, String place) throws IOException {
        long count = JsonInput.integer(json, place + ".classification");
        if (count < 1 || count > Integer.MAX_VALUE) {
            throw RefusedException.badInput(place + ".classification must be an integer from 1 to 2^31-1");
        }
        return (int) count;
    }

    private static void requireObject(JsonParser json, String place) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw RefusedException.badInput(place + " must be an object");
        }
    }

    private static <T> T require(Optional<T> value, String place) {
        return value.orElseThrow(() -> RefusedException.badInput(place + " is missing"));
    }

    /**
     * @param binary whether it is to be binary, where the output says so
     * @param topClasses how many classes to name instead of all probabilities
     */
    record RequestedOutput(String name, Optional<Boolean> binary, OptionalInt topClasses) {}

    private interface TensorReading<T> {
        T read(JsonParser json, String place) throws IOException;
    }
}
