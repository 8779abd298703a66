package io.catwalk.serving.protocol.v2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

import com.fasterxml.jackson.core.JsonGenerator;
import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.protocol.http.Answer;
import io.catwalk.serving.protocol.http.JsonOutput;
import io.catwalk.serving.protocol.v2.InferRequest.OutputForm;
import io.catwalk.serving.registry.ModelVersion;

/** Writes an inference answer: JSON, followed by the outputs requested in binary. */
final class InferAnswer {
    private final ModelVersion version;
    private final Signature signature;
    private final InferRequest request;
    private final float[] probabilities;

    InferAnswer(ModelVersion version, Signature signature, InferRequest request, float[] probabilities) {
        this.version = version;
        this.signature = signature;
        this.request = request;
        this.probabilities = probabilities;
    }

    Answer write() {
        byte[] json = JsonOutput.write(this::writeObject);
        int binaries = (int) request.outputs().stream()
                .filter(OutputForm.Binary.class::isInstance)
                .count();
        if (binaries == 0) {
            return Answer.json(json);
        }
        ByteBuffer content = ByteBuffer.allocate(json.length + binaries * binaryBytes())
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(json);
        for (int output = 0; output < binaries; output++) {
            content.asFloatBuffer().put(probabilities);
            content.position(content.position() + binaryBytes());
        }
        return new Answer(
                content.array(),
                "application/octet-stream",
                Map.of(InferResource.JSON_LENGTH, Integer.toString(json.length)));
    }

    private void writeObject(JsonGenerator json) throws IOException {
        json.writeStartObject();
        if (request.id().isPresent()) {
            json.writeStringField("id", request.id().get());
        }
        json.writeStringField("model_name", version.model().value());
        json.writeStringField("model_version", Long.toString(version.version()));
        json.writeObjectFieldStart("parameters");
        json.writeStringField("digest", version.digest().toString());
        json.writeEndObject();
        json.writeArrayFieldStart("outputs");
        for (OutputForm form : request.outputs()) {
            writeOutput(json, form);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeOutput(JsonGenerator json, OutputForm form) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", signature.output());
        switch (form) {
            case OutputForm.Numbers numbers -> {
                writeType(json, "FP32", signature.classes());
                json.writeFieldName("data");
                JsonOutput.floats(json, probabilities, 0, probabilities.length);
            }
            case OutputForm.Binary binary -> {
                writeType(json, "FP32", signature.classes());
                json.writeObjectFieldStart("parameters");
                json.writeNumberField("binary_data_size", binaryBytes());
                json.writeEndObject();
            }
            case OutputForm.TopClasses top -> {
                writeType(json, "BYTES", top.count());
                writeTopClasses(json, top.count());
            }
        }
        json.writeEndObject();
    }

    private void writeType(JsonGenerator json, String datatype, int width) throws IOException {
        json.writeStringField("datatype", datatype);
        json.writeFieldName("shape");
        json.writeArray(new int[] {request.images().count(), width}, 0, 2);
    }

    private void writeTopClasses(JsonGenerator json, int count) throws IOException {
        json.writeArrayFieldStart("data");
        for (int image = 0; image < request.images().count(); image++) {
            for (String top : TopClasses.of(version, signature, probabilities, image, count)) {
                json.writeString(top);
            }
        }
        json.writeEndArray();
    }

    private int binaryBytes() {
        return probabilities.length * Float.BYTES;
    }
}
