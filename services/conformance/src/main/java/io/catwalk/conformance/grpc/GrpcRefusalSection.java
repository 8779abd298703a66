package io.catwalk.conformance.grpc;

import static io.catwalk.conformance.check.Check.required;

import java.util.List;
import java.util.function.Consumer;

import com.google.protobuf.ByteString;
import io.catwalk.conformance.check.Check;
import io.catwalk.conformance.check.Protocol;
import io.catwalk.conformance.check.Section;
import io.catwalk.conformance.model.Subject;
import io.catwalk.protocol.inference.InferTensorContents;
import io.catwalk.protocol.inference.ModelInferRequest;
import io.catwalk.protocol.inference.ModelInferRequest.InferInputTensor;
import io.catwalk.protocol.inference.ModelInferRequest.InferRequestedOutputTensor;
import io.grpc.Status.Code;

/** Requests that {@code ModelInfer} refuses, each with the status that says why. */
public final class GrpcRefusalSection {
    private GrpcRefusalSection() {}

    public static Section section() {
        return new Section(
                Protocol.OPEN_INFERENCE_GRPC,
                "Refusals",
                "gRPC, doc/statuscodes.md",
                InferCall::offer,
                List.of(
                        refused(
                                "an unknown model: NOT_FOUND",
                                Code.NOT_FOUND,
                                request -> request.setModelName(Subject.UNKNOWN_MODEL)),
                        refused(
                                "an unknown version: NOT_FOUND",
                                Code.NOT_FOUND,
                                request -> request.setModelVersion(Subject.UNKNOWN_VERSION)),
                        invalid(
                                "no inputs: INVALID_ARGUMENT",
                                request -> request.clearInputs().clearRawInputContents()),
                        invalid(
                                "an unknown input: INVALID_ARGUMENT",
                                request -> first(request).setName("no_such_input")),
                        invalid(
                                "an unknown datatype: INVALID_ARGUMENT",
                                request -> first(request).setDatatype("FP31")),
                        invalid(
                                "a negative size in the shape: INVALID_ARGUMENT",
                                request -> first(request).setShape(0, -1)),
                        invalid(
                                "less data than the shape says: INVALID_ARGUMENT",
                                request ->
                                        request.setRawInputContents(0, withoutItsEnd(request.getRawInputContents(0)))),
                        invalid(
                                "more data than the shape says: INVALID_ARGUMENT",
                                request -> request.setRawInputContents(
                                        0, request.getRawInputContents(0).concat(request.getRawInputContents(0)))),
                        invalid("no data: INVALID_ARGUMENT", ModelInferRequest.Builder::clearRawInputContents),
                        invalid(
                                "raw and typed contents at once: INVALID_ARGUMENT",
                                request -> first(request)
                                        .setContents(
                                                InferTensorContents.newBuilder().addFp32Contents(0))),
                        invalid(
                                "more raw contents than inputs: INVALID_ARGUMENT",
                                request -> request.addRawInputContents(ByteString.copyFromUtf8("more"))),
                        invalid(
                                "an unknown output: INVALID_ARGUMENT",
                                request -> request.addOutputs(
                                        InferRequestedOutputTensor.newBuilder().setName("no_such_output")))));
    }

    private static InferInputTensor.Builder first(ModelInferRequest.Builder request) {
        return request.getInputsBuilder(0);
    }

    private static ByteString withoutItsEnd(ByteString bytes) {
        return bytes.substring(0, bytes.size() - 1);
    }

    private static Check invalid(String name, Consumer<ModelInferRequest.Builder> change) {
        return refused(name, Code.INVALID_ARGUMENT, change);
    }

    /** A valid request but for the change. */
    private static Check refused(String name, Code code, Consumer<ModelInferRequest.Builder> change) {
        return required(name, subject -> {
            ModelInferRequest.Builder request = InferCall.raw(subject.model(), 1).toBuilder();
            change.accept(request);
            return subject.grpc().refused(code, stub -> stub.modelInfer(request.build()));
        });
    }
}
