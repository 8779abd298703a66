package io.catwalk.serving.protocol.v1;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.protocol.tensor.FloatTensor;
import io.catwalk.serving.protocol.tensor.FloatTensorReader;
import io.catwalk.serving.protocol.tensor.ImageBatch;
import io.catwalk.serving.protocol.tensor.ImageLimit;
import io.catwalk.serving.protocol.tensor.JsonInput;
import io.catwalk.serving.protocol.v1.PredictRequest.Form;
import io.catwalk.serving.refusal.RefusedException;

/**
 * Reads a predict request: {@code {"instances": [..]}} or {@code {"inputs": ..}}, each with the tensor itself or with an
 * object of its name.
 */
final class PredictRequestReader {
    private final Signature signature;
    private final ImageLimit limit;

    PredictRequestReader(Signature signature, int maxImages) {
        this.signature = signature;
        this.limit = new ImageLimit(maxImages, signature.imageValues());
    }

    /** @throws RefusedException with {@code BAD_INPUT}, naming the place in the body */
    PredictRequest read(byte[] body) {
        return JsonInput.read(body, body.length, this::readFields);
    }

    private PredictRequest readFields(JsonParser json) throws IOException {
        Optional<PredictRequest> request = Optional.empty();
        while (JsonInput.nextField(json)) {
            switch (json.currentName()) {
                case "instances" -> request = Optional.of(form(request, Form.ROW, instances(json)));
                case "inputs" -> request = Optional.of(form(request, Form.COLUMN, inputs(json)));
                case "signature_name" -> requireSignature(JsonInput.text(json, "signature_name"));
                default -> json.skipChildren();
            }
        }
        return request.orElseThrow(() -> RefusedException.badInput("the body must have instances or inputs"));
    }

    private PredictRequest form(Optional<PredictRequest> before, Form form, FloatTensor tensor) {
        if (before.isPresent()) {
            throw RefusedException.badInput("the body must have either instances or inputs, not both");
        }
        return new PredictRequest(form, ImageBatch.of(tensor, signature.image(), form.request(), limit.maxImages()));
    }

    private FloatTensor instances(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw RefusedException.badInput("instances must be an array");
        }
        return json.nextToken() == JsonToken.START_OBJECT
                ? namedInstances(json)
                : FloatTensorReader.readFromFirstElement(json, 1, "instances", limit);
    }

    private FloatTensor namedInstances(JsonParser json) throws IOException {
        List<FloatTensor> instances = new ArrayList<>();
        do {
            String place = "instances[" + instances.size() + "]";
            if (json.currentToken() != JsonToken.START_OBJECT) {
                throw RefusedException.badInput(place + " must be an object, as the ones before");
            }
            if (instances.size() == limit.maxImages()) {
                throw limit.exceeded("instances");
            }
            instances.add(named(json, place));
        } while (json.nextToken() != JsonToken.END_ARRAY);
        return FloatTensor.stack(instances, "instances");
    }

    private FloatTensor inputs(JsonParser json) throws IOException {
        return json.currentToken() == JsonToken.START_OBJECT
                ? named(json, "inputs")
                : FloatTensorReader.read(json, "inputs", limit);
    }

    private FloatTensor named(JsonParser json, String place) throws IOException {
        Optional<FloatTensor> tensor = Optional.empty();
        while (JsonInput.nextField(json)) {
            String name = json.currentName();
            if (!name.equals(signature.input())) {
                throw RefusedException.badInput(
                        place + " must hold only the model's input '" + signature.input() + "'");
            }
            tensor = Optional.of(FloatTensorReader.read(json, place + "." + name, limit));
        }
        return tensor.orElseThrow(
                () -> RefusedException.badInput(place + " must hold the model's input '" + signature.input() + "'"));
    }

    private void requireSignature(String name) {
        if (!name.isEmpty() && !name.equals(Signature.NAME)) {
            throw RefusedException.badInput("signature_name must be " + Signature.NAME + ", the model has no other");
        }
    }
}
