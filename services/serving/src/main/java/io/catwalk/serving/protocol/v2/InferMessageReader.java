package io.catwalk.serving.protocol.v2;

import static io.catwalk.serving.protocol.v2.InputRules.INPUT;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

import com.google.protobuf.ByteString;
import io.catwalk.protocol.inference.InferParameter;
import io.catwalk.protocol.inference.InferParameter.ParameterChoiceCase;
import io.catwalk.protocol.inference.InferTensorContents;
import io.catwalk.protocol.inference.ModelInferRequest;
import io.catwalk.protocol.inference.ModelInferRequest.InferInputTensor;
import io.catwalk.protocol.inference.ModelInferRequest.InferRequestedOutputTensor;
import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.protocol.image.EncodedPictures;
import io.catwalk.serving.protocol.tensor.Datatype;
import io.catwalk.serving.protocol.tensor.FloatTensor;
import io.catwalk.serving.protocol.tensor.ImageBatch;
import io.catwalk.serving.protocol.v2.InferRequest.OutputForm;
import io.catwalk.serving.refusal.RefusedException;

/** Reads a message into an inference request for one model. */
final class InferMessageReader {
    private static final String RAW = "raw_input_contents";
    private static final String CLASSIFICATION = "classification";

    private final InputRules rules;

    InferMessageReader(Signature signature, int maxImages, EncodedPictures pictures) {
        this.rules = new InputRules(signature, maxImages, pictures);
    }

    /** @throws RefusedException with {@code BAD_INPUT}, naming the place in the message, and as reading a picture does */
    InferRequest read(ModelInferRequest message) {
        rules.requireOne(message.getInputsCount());
        InferInputTensor input = message.getInputs(0);
        rules.requireName(input.getName());
        List<OutputForm> forms = forms(message);
        return new InferRequest(Optional.of(message.getId()), images(input, raw(message)), forms);
    }

    private static Optional<ByteString> raw(ModelInferRequest message) {
        List<ByteString> raw = message.getRawInputContentsList();
        if (raw.size() > 1 || raw.size() == 1 && message.getInputs(0).hasContents()) {
            throw RefusedException.badInput("the elements of " + INPUT
                    + " must be either its contents or the one element of " + RAW + ", which has " + raw.size());
        }
        return raw.stream().findFirst();
    }

    private ImageBatch images(InferInputTensor input, Optional<ByteString> raw) {
        if (input.getDatatype().equals(Datatype.BYTES)) {
            int count = rules.pictureCount(input.getShapeList());
            return rules.decoded(raw.map(bytes -> InputRules.elements(bytes.asReadOnlyByteBuffer(), count))
                    .orElseGet(() -> strings(input.getContents(), count)));
        }
        Datatype datatype = Datatype.named(input.getDatatype(), INPUT);
        List<Integer> shape = rules.shape(input.getShapeList());
        float[] values = raw.map(bytes -> decode(datatype, bytes, shape))
                .orElseGet(() -> convert(datatype, input.getContents(), shape));
        return rules.batch(new FloatTensor(values, shape), INPUT);
    }

    private static float[] decode(Datatype datatype, ByteString raw, List<Integer> shape) {
        long expected = InputRules.product(shape) * datatype.bytes();
        if (raw.size() != expected) {
            throw RefusedException.badInput(RAW + "[0] must have " + expected + " bytes for the shape " + shape + " of "
                    + datatype + ", not " + raw.size());
        }
        ByteBuffer binary = raw.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        return datatype.decode(binary, INPUT);
    }

    private static List<byte[]> strings(InferTensorContents contents, int count) {
        requireCount(contents.getBytesContentsCount(), count, "bytes_contents", Datatype.BYTES);
        return contents.getBytesContentsList().stream()
                .map(ByteString::toByteArray)
                .toList();
    }

    private static float[] convert(Datatype datatype, InferTensorContents contents, List<Integer> shape) {
        Elements elements = elements(datatype, contents);
        requireCount(elements.count(), InputRules.product(shape), elements.field(), datatype.name());
        return datatype.convert(elements.count(), elements.at(), INPUT + ".contents." + elements.field());
    }

    private static Elements elements(Datatype datatype, InferTensorContents contents) {
        return switch (datatype) {
            case INT8, INT16, INT32 ->
                new Elements("int_contents", contents.getIntContentsCount(), contents::getIntContents);
            case INT64 -> new Elements("int64_contents", contents.getInt64ContentsCount(), contents::getInt64Contents);
            case UINT8, UINT16, UINT32 ->
                new Elements(
                        "uint_contents",
                        contents.getUintContentsCount(),
                        index -> Integer.toUnsignedLong(contents.getUintContents(index)));
            case UINT64 ->
                new Elements(
                        "uint64_contents",
                        contents.getUint64ContentsCount(),
                        index -> Datatype.unsigned(contents.getUint64Contents(index)));
            case FP32 -> new Elements("fp32_contents", contents.getFp32ContentsCount(), contents::getFp32Contents);
            case FP64 -> new Elements("fp64_contents", contents.getFp64ContentsCount(), contents::getFp64Contents);
            case FP16, BF16 ->
                throw RefusedException.badInput(
                        INPUT + ".contents has no list for the datatype " + datatype + ", it comes in " + RAW);
        };
    }

    private static void requireCount(int count, long expected, String field, String datatype) {
        if (count != expected) {
            throw RefusedException.badInput(INPUT + ".contents." + field + " must hold the " + expected
                    + " elements of its shape, as its datatype is " + datatype + ", not " + count);
        }
    }

    private List<OutputForm> forms(ModelInferRequest message) {
        OutputForm plain = message.getRawInputContentsCount() > 0 ? new OutputForm.Binary() : new OutputForm.Numbers();
        if (message.getOutputsCount() == 0) {
            return List.of(plain);
        }
        if (message.getOutputsCount() > InferJson.MAX_TENSORS) {
            throw RefusedException.badInput("outputs must hold at most " + InferJson.MAX_TENSORS + " tensors");
        }
        return message.getOutputsList().stream()
                .map(output -> form(output, plain))
                .toList();
    }

    private OutputForm form(InferRequestedOutputTensor output, OutputForm plain) {
        rules.requireOutput(output.getName());
        InferParameter classes = output.getParametersMap().get(CLASSIFICATION);
        if (classes == null) {
            return plain;
        }
        long count = classes.getParameterChoiceCase() == ParameterChoiceCase.INT64_PARAM ? classes.getInt64Param() : 0;
        if (count < 1 || count > Integer.MAX_VALUE) {
            throw RefusedException.badInput(
                    "outputs: the parameter classification must be an int64_param from 1 to 2^31-1");
        }
        return rules.topClasses((int) count, false);
    }

    /** The elements of a typed list. */
    private record Elements(String field, int count, IntToDoubleFunction at) {}
}
