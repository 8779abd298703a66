package io.catwalk.serving.protocol.v2;

import java.util.List;

import com.google.protobuf.UnsafeByteOperations;
import io.catwalk.protocol.inference.InferParameter;
import io.catwalk.protocol.inference.InferTensorContents;
import io.catwalk.protocol.inference.ModelInferResponse;
import io.catwalk.protocol.inference.ModelInferResponse.InferOutputTensor;
import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.protocol.tensor.Datatype;
import io.catwalk.serving.protocol.v2.InferRequest.OutputForm;
import io.catwalk.serving.registry.ModelVersion;

/**
 * Writes an inference answer as a message: all outputs raw, if the request's input was, else in typed lists, so that a client reads
 * what it writes.
 */
final class InferMessage {
    private final ModelVersion version;
    private final Signature signature;
    private final InferRequest request;
    private final float[] probabilities;

    InferMessage(ModelVersion version, Signature signature, InferRequest request, float[] probabilities) {
        this.version = version;
        this.signature = signature;
        this.request = request;
        this.probabilities = probabilities;
    }

    /** @param raw whether the outputs are raw */
    ModelInferResponse write(boolean raw) {
        ModelInferResponse.Builder response = ModelInferResponse.newBuilder()
                .setModelName(version.model().value())
                .setModelVersion(Long.toString(version.version()))
                .setId(request.id().orElse(""))
                .putParameters(
                        "digest",
                        InferParameter.newBuilder()
                                .setStringParam(version.digest().toString())
                                .build());
        for (OutputForm form : request.outputs()) {
            add(response, form, raw);
        }
        return response.build();
    }

    private void add(ModelInferResponse.Builder response, OutputForm form, boolean raw) {
        switch (form) {
            case OutputForm.Numbers numbers -> addNumbers(response, raw);
            case OutputForm.Binary binary -> addNumbers(response, raw);
            case OutputForm.TopClasses top -> addStrings(response, top.count(), raw);
        }
    }

    private void addNumbers(ModelInferResponse.Builder response, boolean raw) {
        InferOutputTensor.Builder output = output("FP32", signature.classes());
        if (raw) {
            response.addRawOutputContents(UnsafeByteOperations.unsafeWrap(LittleEndian.floats(probabilities)));
        } else {
            InferTensorContents.Builder contents = output.getContentsBuilder();
            for (float probability : probabilities) {
                contents.addFp32Contents(probability);
            }
        }
        response.addOutputs(output);
    }

    private void addStrings(ModelInferResponse.Builder response, int count, boolean raw) {
        InferOutputTensor.Builder output = output(Datatype.BYTES, count);
        List<byte[]> strings = TopClasses.elements(version, signature, probabilities, count);
        if (raw) {
            response.addRawOutputContents(UnsafeByteOperations.unsafeWrap(LittleEndian.elements(strings)));
        } else {
            output.getContentsBuilder()
                    .addAllBytesContents(strings.stream()
                            .map(UnsafeByteOperations::unsafeWrap)
                            .toList());
        }
        response.addOutputs(output);
    }

    private InferOutputTensor.Builder output(String datatype, int width) {
        return InferOutputTensor.newBuilder()
                .setName(signature.output())
                .setDatatype(datatype)
                .addShape(request.images().count())
                .addShape(width);
    }
}
