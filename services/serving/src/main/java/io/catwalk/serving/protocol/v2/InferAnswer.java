package io.catwalk.serving.protocol.v2;

import java.io.IOException;
import java.nio.ByteBuffer;
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
        List<Output> outputs = request.outputs().stream()
                .map(form -> new Output(form, binary(form)))
                .toList();
        byte[] json = JsonOutput.write(generator -> writeObject(generator, outputs));
        List<byte[]> binaries =
                outputs.stream().map(Output::binary).flatMap(Optional::stream).toList();
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

    private void writeObject(JsonGenerator json, List<Output> outputs) throws IOException {
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
        for (Output output : outputs) {
            writeOutput(json, output);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeOutput(JsonGenerator json, Output output) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", signature.output());
        switch (output.form()) {
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
                            TopClasses.of(version, signature, probabilities, top.count())
                                    .toArray(String[]::new),
                            0,
                            request.images().count() * top.count());
                }
            }
        }
        if (output.binary().isPresent()) {
            json.writeObjectFieldStart("parameters");
            json.writeNumberField("binary_data_size", output.binary().get().length);
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private void writeType(JsonGenerator json, String datatype, int width) throws IOException {
        json.writeStringField("datatype", datatype);
        json.writeFieldName("shape");
        json.writeArray(new int[] {request.images().count(), width}, 0, 2);
    }

    /** What of an output follows the JSON. */
    private Optional<byte[]> binary(OutputForm form) {
        return switch (form) {
            case OutputForm.Numbers numbers -> Optional.empty();
            case OutputForm.Binary binary -> Optional.of(LittleEndian.floats(probabilities));
            case OutputForm.TopClasses top ->
                top.binary()
                        ? Optional.of(LittleEndian.elements(
                                TopClasses.elements(version, signature, probabilities, top.count())))
                        : Optional.empty();
        };
    }

    /** @param binary what follows the JSON */
    private record Output(OutputForm form, Optional<byte[]> binary) {}
}
