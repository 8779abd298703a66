package io.catwalk.serving.protocol.v2;

import static io.catwalk.serving.protocol.v2.InputRules.INPUT;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.protocol.image.EncodedPictures;
import io.catwalk.serving.protocol.tensor.Datatype;
import io.catwalk.serving.protocol.tensor.FloatTensor;
import io.catwalk.serving.protocol.tensor.ImageBatch;
import io.catwalk.serving.protocol.v2.InferJson.RequestedOutput;
import io.catwalk.serving.protocol.v2.InferRequest.OutputForm;
import io.catwalk.serving.protocol.v2.InputTensor.Data;
import io.catwalk.serving.refusal.RefusedException;

/** Parses a body into an inference request for one model. */
final class InferRequestReader {
    private final Signature signature;
    private final InputRules rules;

    /** @param pictures reads an encoded picture into the model's input */
    InferRequestReader(Signature signature, int maxImages, Function<byte[], float[]> pictures) {
        this(signature, maxImages, new EncodedPictures(signature.imageValues(), pictures));
    }

    InferRequestReader(Signature signature, int maxImages, EncodedPictures pictures) {
        this.signature = signature;
        this.rules = new InputRules(signature, maxImages, pictures);
    }

    /**
     * @param jsonLength the header {@code Inference-Header-Content-Length}: the bytes of JSON before the binary tensors; 0 for
     *     a body that is nothing but one float32 tensor, which is answered in binary too
     * @throws RefusedException with {@code BAD_INPUT}, naming the place in the body, and as reading a picture does
     */
    InferRequest read(byte[] body, OptionalInt jsonLength) {
        if (jsonLength.isPresent() && jsonLength.getAsInt() == 0) {
            return raw(body);
        }
        int length = jsonLength.orElse(body.length);
        if (length < 0 || length > body.length) {
            throw RefusedException.badInput(InferResource.JSON_LENGTH + " must be from 0 to the body's length "
                    + body.length + ", not " + length);
        }
        InferJson json = jsonLength.isPresent() ? InferJson.read(body, length, rules.limit()) : readText(body);
        rules.requireOne(json.inputs().size());
        List<OutputForm> forms = forms(json);
        ImageBatch images = images(json.inputs().getFirst(), ByteBuffer.wrap(body, length, body.length - length));
        return new InferRequest(json.id(), images, forms);
    }

    /** A body without that header is text; binary tensors without it get an error that names the header. */
    private InferJson readText(byte[] body) {
        try {
            return InferJson.read(body, body.length, rules.limit());
        } catch (RefusedException e) {
            if (isText(body)) {
                throw e;
            }
            throw RefusedException.badInput("the body isn't JSON alone: with binary tensors it needs the header "
                    + InferResource.JSON_LENGTH
                    + ", the bytes of its JSON, or 0 for nothing but one float32 tensor");
        }
    }

    /** Whether it is UTF-8 without the control characters that JSON excludes. */
    private static boolean isText(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .chars()
                    .noneMatch(character -> character < ' ' && "\t\n\r".indexOf(character) < 0);
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private InferRequest raw(byte[] body) {
        int imageBytes = signature.imageValues() * Float.BYTES;
        if (body.length == 0 || body.length % imageBytes != 0) {
            throw RefusedException.badInput("a raw body must hold whole images of " + imageBytes
                    + " bytes (float32), its length is " + body.length);
        }
        float[] values = Datatype.FP32.decode(ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN), "the body");
        List<Integer> shape = List.of(body.length / imageBytes, signature.imageValues());
        return new InferRequest(
                Optional.empty(),
                rules.batch(new FloatTensor(values, shape), "the body"),
                List.of(new OutputForm.Binary()));
    }

    private ImageBatch images(InputTensor input, ByteBuffer binary) {
        rules.requireName(input.name());
        if (input.datatype().equals(Datatype.BYTES)) {
            int count = rules.pictureCount(input.shape());
            requireOneForm(input, binary);
            return rules.decoded(
                    input.data().map(data -> strings(data, count)).orElseGet(() -> elements(input, count, binary)));
        }
        Datatype datatype = Datatype.named(input.datatype(), INPUT);
        List<Integer> shape = rules.shape(input.shape());
        requireOneForm(input, binary);
        FloatTensor tensor = input.data()
                .map(data -> numbers(datatype, data, shape))
                .orElseGet(() -> binary(datatype, shape, input, binary));
        return rules.batch(tensor, INPUT);
    }

    private static void requireOneForm(InputTensor input, ByteBuffer binary) {
        if (input.data().isPresent() == input.binaryBytes().isPresent()) {
            throw RefusedException.badInput(INPUT + " must have either data or parameters.binary_data_size");
        }
        if (input.data().isPresent() && binary.hasRemaining()) {
            throw RefusedException.badInput(
                    binary.remaining() + " bytes follow the JSON, but no input has a binary_data_size");
        }
    }

    private static FloatTensor numbers(Datatype datatype, Data data, List<Integer> shape) {
        return switch (data) {
            case Data.Numbers numbers -> shaped(datatype.fromJson(numbers.tensor(), INPUT + ".data"), shape);
            case Data.Strings strings ->
                throw RefusedException.badInput(INPUT + ".data must hold numbers, as its datatype is " + datatype);
        };
    }

    private static List<byte[]> strings(Data data, int count) {
        return switch (data) {
            case Data.Numbers numbers ->
                throw RefusedException.badInput(INPUT + ".data must hold base64 strings, as its datatype is BYTES");
            case Data.Strings strings -> {
                if (strings.elements().size() != count) {
                    throw RefusedException.badInput(INPUT + ".data has "
                            + strings.elements().size() + " elements, its declared shape has " + count);
                }
                yield strings.elements();
            }
        };
    }

    private static List<byte[]> elements(InputTensor input, int count, ByteBuffer binary) {
        requireBytes(input.binaryBytes().getAsLong(), binary);
        return InputRules.elements(binary, count);
    }

    private static FloatTensor shaped(FloatTensor data, List<Integer> shape) {
        boolean flat = data.shape().size() == 1;
        if (data.values().length != InputRules.product(shape)
                || !flat && !data.shape().equals(shape)) {
            throw RefusedException.badInput(
                    INPUT + ".data has the shape " + data.shape() + ", which isn't its declared shape " + shape);
        }
        return new FloatTensor(data.values(), shape);
    }

    private static FloatTensor binary(Datatype datatype, List<Integer> shape, InputTensor input, ByteBuffer binary) {
        long declaredBytes = input.binaryBytes().getAsLong();
        long expected = InputRules.product(shape) * datatype.bytes();
        if (declaredBytes != expected) {
            throw RefusedException.badInput(INPUT + ".parameters.binary_data_size must be " + expected
                    + " for the shape " + shape + " of " + datatype + ", not " + declaredBytes);
        }
        requireBytes(declaredBytes, binary);
        return new FloatTensor(datatype.decode(binary.order(ByteOrder.LITTLE_ENDIAN), INPUT), shape);
    }

    private static void requireBytes(long declaredBytes, ByteBuffer binary) {
        if (binary.remaining() != declaredBytes) {
            throw RefusedException.badInput(INPUT + ".parameters.binary_data_size is " + declaredBytes + ", but "
                    + binary.remaining() + " bytes follow the JSON");
        }
    }

    private List<OutputForm> forms(InferJson json) {
        if (json.outputs().isEmpty()) {
            return List.of(json.binaryOutput() ? new OutputForm.Binary() : new OutputForm.Numbers());
        }
        return json.outputs().stream()
                .map(output -> form(output, json.binaryOutput()))
                .toList();
    }

    private OutputForm form(RequestedOutput output, boolean binaryByDefault) {
        rules.requireOutput(output.name());
        boolean binary = output.binary().orElse(binaryByDefault);
        if (output.topClasses().isPresent()) {
            return rules.topClasses(output.topClasses().getAsInt(), binary);
        }
        return binary ? new OutputForm.Binary() : new OutputForm.Numbers();
    }
}
