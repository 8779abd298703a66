package io.catwalk.conformance.grpc;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.google.protobuf.ByteString;
import io.catwalk.conformance.check.DeviationException;
import io.catwalk.conformance.check.NotOfferedException;
import io.catwalk.conformance.check.Shown;
import io.catwalk.conformance.model.Datatype;
import io.catwalk.conformance.model.Model;
import io.catwalk.conformance.model.Output;
import io.catwalk.conformance.model.Subject;
import io.catwalk.conformance.model.Tensor;
import io.catwalk.protocol.inference.InferTensorContents;
import io.catwalk.protocol.inference.ModelInferRequest;
import io.catwalk.protocol.inference.ModelInferRequest.InferInputTensor;
import io.catwalk.protocol.inference.ModelInferResponse;
import io.catwalk.protocol.inference.ModelInferResponse.InferOutputTensor;

/** The requests and answers of {@code ModelInfer}. Source: KServe, docs/predict-api/v2/grpc_predict_v2.proto. */
public final class InferCall {
    private InferCall() {}

    /** Whether the server answers a valid request in either form. */
    public static String offer(Subject subject) {
        try {
            return offer(subject, typed(subject.model(), 1));
        } catch (NotOfferedException e) {
            return offer(subject, raw(subject.model(), 1));
        }
    }

    private static String offer(Subject subject, ModelInferRequest request) {
        return Shown.of(subject.grpc().offered(stub -> stub.modelInfer(request)).toString());
    }

    /** An answer, which must have the status OK. */
    public static ModelInferResponse infer(Subject subject, ModelInferRequest request) {
        return subject.grpc().call(stub -> stub.modelInfer(request));
    }

    /** A valid request whose elements are in the list of their datatype. */
    public static ModelInferRequest typed(Model model, int rows) {
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName(model.name());
        model.example(rows, 0).forEach(input -> request.addInputs(head(input).setContents(contents(input))));
        return request.build();
    }

    /** A valid request whose elements are in {@code raw_input_contents}. */
    public static ModelInferRequest raw(Model model, int rows) {
        ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName(model.name());
        model.example(rows, 0)
                .forEach(input ->
                        request.addInputs(head(input)).addRawInputContents(ByteString.copyFrom(input.binary())));
        return request.build();
    }

    /** The outputs of an answer, in whichever of both forms. */
    public static List<Output> outputs(ModelInferResponse answer) {
        boolean raw = answer.getRawOutputContentsCount() > 0;
        if (answer.getOutputsCount() == 0 || raw && answer.getRawOutputContentsCount() != answer.getOutputsCount()) {
            throw new DeviationException("%d outputs with %d raw_output_contents"
                    .formatted(answer.getOutputsCount(), answer.getRawOutputContentsCount()));
        }
        List<Output> outputs = new ArrayList<>();
        for (int index = 0; index < answer.getOutputsCount(); index++) {
            InferOutputTensor output = answer.getOutputs(index);
            List<Object> elements = raw
                    ? raw(output, answer.getRawOutputContents(index))
                    : typed(output.getContents()).toList();
            outputs.add(new Output(output.getName(), output.getShapeList(), elements));
        }
        return outputs;
    }

    private static InferInputTensor.Builder head(Tensor input) {
        return InferInputTensor.newBuilder()
                .setName(input.name())
                .setDatatype(input.datatype().name())
                .addAllShape(input.shape());
    }

    private static InferTensorContents contents(Tensor input) {
        InferTensorContents.Builder contents = InferTensorContents.newBuilder();
        for (double value : input.values()) {
            switch (input.datatype()) {
                case BOOL -> contents.addBoolContents(value != 0);
                case INT8, INT16, INT32 -> contents.addIntContents((int) value);
                case INT64 -> contents.addInt64Contents((long) value);
                case UINT8, UINT16, UINT32 -> contents.addUintContents((int) value);
                case UINT64 -> contents.addUint64Contents((long) value);
                case FP32 -> contents.addFp32Contents((float) value);
                case FP64 -> contents.addFp64Contents(value);
                case FP16, BF16, BYTES -> {}
            }
        }
        if (input.datatype() == Datatype.BYTES) {
            input.texts().forEach(text -> contents.addBytesContents(ByteString.copyFromUtf8(text)));
        }
        return contents.build();
    }

    private static List<Object> raw(InferOutputTensor output, ByteString bytes) {
        Datatype type = Datatype.named(output.getDatatype())
                .orElseThrow(() -> new DeviationException(
                        "output " + output.getName() + " has the unknown datatype '" + output.getDatatype() + "'"));
        ByteBuffer left = bytes.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        List<Object> elements = new ArrayList<>();
        try {
            while (left.hasRemaining()) {
                elements.add(type.read(left));
            }
        } catch (BufferUnderflowException e) {
            throw new DeviationException("raw contents of output " + output.getName() + " end within an element");
        }
        return elements;
    }

    /** All lists but one are empty. */
    private static Stream<Object> typed(InferTensorContents contents) {
        return Stream.of(
                        contents.getBoolContentsList().stream().map(value -> (Object) (value ? 1.0 : 0.0)),
                        Stream.of(
                                        contents.getIntContentsList(),
                                        contents.getInt64ContentsList(),
                                        contents.getUintContentsList(),
                                        contents.getUint64ContentsList(),
                                        contents.getFp32ContentsList(),
                                        contents.getFp64ContentsList())
                                .flatMap(List::stream)
                                .map(value -> (Object) ((Number) value).doubleValue()),
                        contents.getBytesContentsList().stream().map(value -> (Object) value.toStringUtf8()))
                .flatMap(elements -> elements);
    }
}
