package io.catwalk.serving.protocol.v2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        List<byte[]> binaries = request.outputs().stream()
                .map(this::binary)
                .flatMap(Optional::stream)
                .toList();
        if (binaries.isEmpty()) {
            return Answer.json(json);
        }
        int bytes = binaries.stream().mapToInt(binary -> binary.length).sum();
        ByteBuffer content = ByteBuffer.allocate(json.length + bytes).put(json);
        binaries.forEach(content::put);
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
            case OutputForm.Binary binary -> writeType(json, "FP32", signature.classes());
            case OutputForm.TopClasses top -> {
                writeType(json, "BYTES", top.count());
                if (!top.binary()) {
                    json.writeFieldName("data");
                    json.writeArray(
                            topClasses(top.count()).toArray(String[]::new),
                            0,
                            request.images().count() * top.count());
                }
            }
        }
        Optional<byte[]> binary = binary(form);
        if (binary.isPresent()) {
            json.writeObjectFieldStart("parameters");
            json.writeNumberField("binary_data_size", binary.get().length);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void writeType(JsonGenerator json, String datatype, int width) throws IOException {
        json.writeStringField("datatype", datatype);
        json.writeFieldName("shape");
        json.writeArray(new int[] {request.images().count(), width}, 0, 2);
    }

    /** What of an output follows the JSON, little-endian. */
    private Optional<byte[]> binary(OutputForm form) {
        return switch (form) {
            case OutputForm.Numbers numbers -> Optional.empty();
            case OutputForm.Binary binary -> {
                ByteBuffer bytes = littleEndian(probabilities.length * Float.BYTES);
                bytes.asFloatBuffer().put(probabilities);
                yield Optional.of(bytes.array());
            }
            case OutputForm.TopClasses top ->
                top.binary() ? Optional.of(lengthsAndTexts(top.count())) : Optional.empty();
        };
    }

    private byte[] lengthsAndTexts(int count) {
        List<byte[]> texts = topClasses(count).stream()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
        ByteBuffer bytes = littleEndian(
                texts.stream().mapToInt(text -> Integer.BYTES + text.length).sum());
        texts.forEach(text -> bytes.putInt(text.length).put(text));
        return bytes.array();
    }

    private List<String> topClasses(int count) {
        List<String> classes = new ArrayList<>();
        for (int image = 0; image < request.images().count(); image++) {
            classes.addAll(TopClasses.of(version, signature, probabilities, image, count));
        }
        return classes;
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
