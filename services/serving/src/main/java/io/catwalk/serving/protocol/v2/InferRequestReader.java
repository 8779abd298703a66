package io.catwalk.serving.protocol.v2;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.protocol.tensor.FloatTensor;
import io.catwalk.serving.protocol.tensor.ImageBatch;
import io.catwalk.serving.protocol.tensor.ImageLimit;
import io.catwalk.serving.protocol.v2.InferJson.RequestedOutput;
import io.catwalk.serving.protocol.v2.InferRequest.OutputForm;
import io.catwalk.serving.protocol.v2.InputTensor.Data;
import io.catwalk.serving.refusal.Refusal;
import io.catwalk.serving.refusal.RefusedException;

/** Parses a body into an inference request for one model. */
final class InferRequestReader {
    private static final String INPUT = "inputs[0]";

    private final Signature signature;
    private final ImageLimit limit;
    private final Function<byte[], float[]> pictures;

    /** @param pictures reads an encoded picture into the model's input */
    InferRequestReader(Signature signature, int maxImages, Function<byte[], float[]> pictures) {
        this.signature = signature;
        this.pictures = pictures;
        this.limit = new ImageLimit(maxImages, signature.imageValues());
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
        InferJson json = jsonLength.isPresent() ? InferJson.read(body, length, limit) : readText(body);
        if (json.inputs().size() != 1) {
            throw RefusedException.badInput("inputs must hold one tensor, the model's '" + signature.input() + "', not "
                    + json.inputs().size());
        }
        List<OutputForm> forms = forms(json);
        ImageBatch images = images(json.inputs().getFirst(), ByteBuffer.wrap(body, length, body.length - length));
        return new InferRequest(json.id(), images, forms);
    }

    /** A body without that header is text; binary tensors without it get an error that names the header. */
    private InferJson readText(byte[] body) {
        try {
            return InferJson.read(body, body.length, limit);
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
                Optional.empty(), batch(new FloatTensor(values, shape), "the body"), List.of(new OutputForm.Binary()));
    }

    private ImageBatch batch(FloatTensor images, String name) {
        return ImageBatch.of(images, signature.image(), name, limit.maxImages());
    }

    private ImageBatch images(InputTensor input, ByteBuffer binary) {
        if (!input.name().equals(signature.input())) {
            throw RefusedException.badInput(INPUT + ".name must be '" + signature.input() + "', the model's input");
        }
        if (input.datatype().equals(Datatype.BYTES)) {
            int count = pictureCount(input.shape());
            requireOneForm(input, binary);
            return decoded(
                    input.data().map(data -> strings(data, count)).orElseGet(() -> elements(input, count, binary)));
        }
        Datatype datatype = Datatype.named(input.datatype(), INPUT);
        List<Integer> shape = shape(input.shape());
        requireOneForm(input, binary);
        FloatTensor tensor = input.data()
                .map(data -> numbers(datatype, data, shape))
                .orElseGet(() -> binary(datatype, shape, input, binary));
        return batch(tensor, INPUT);
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

    /** Elements in binary, each preceded by its length of 4 bytes. */
    private static List<byte[]> elements(InputTensor input, int count, ByteBuffer binary) {
        requireBytes(input.binaryBytes().getAsLong(), binary);
        binary.order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> elements = new ArrayList<>();
        while (elements.size() < count) {
            long length = binary.remaining() < Integer.BYTES ? 0 : Integer.toUnsignedLong(binary.getInt());
            if (length == 0 || length > binary.remaining()) {
                throw RefusedException.badInput(
                        element(elements.size()) + " must be its length, 4 bytes of at least 1, and as many bytes; "
                                + binary.remaining() + " are left for the length " + length);
            }
            byte[] element = new byte[(int) length];
            binary.get(element);
            elements.add(element);
        }
        if (binary.hasRemaining()) {
            throw RefusedException.badInput(
                    INPUT + " has " + binary.remaining() + " bytes more than its " + count + " elements");
        }
        return elements;
    }

    private ImageBatch decoded(List<byte[]> encoded) {
        int size = signature.imageValues();
        float[] values = new float[encoded.size() * size];
        for (int index = 0; index < encoded.size(); index++) {
            System.arraycopy(decoded(encoded.get(index), index), 0, values, index * size, size);
        }
        return new ImageBatch(values, encoded.size());
    }

    private float[] decoded(byte[] picture, int index) {
        try {
            return pictures.apply(picture);
        } catch (RefusedException e) {
            // The media type that is unsupported isn't the body's.
            Refusal refusal = e.refusal() == Refusal.UNSUPPORTED_MEDIA ? Refusal.BAD_INPUT : e.refusal();
            throw new RefusedException(refusal, element(index) + ": " + e.getMessage());
        }
    }

    private static String element(int index) {
        return INPUT + ", element " + index;
    }

    private int pictureCount(List<Long> shape) {
        boolean column = shape.size() == 2 && shape.get(1) == 1;
        if (!(column || shape.size() == 1) || shape.getFirst() < 1) {
            throw RefusedException.badInput(
                    INPUT + ".shape must be [n] or [n,1] with n from 1, as its datatype is BYTES, not " + shape);
        }
        ImageBatch.requireCount(shape.getFirst(), INPUT, limit.maxImages());
        return Math.toIntExact(shape.getFirst());
    }

    private static FloatTensor shaped(FloatTensor data, List<Integer> shape) {
        boolean flat = data.shape().size() == 1;
        if (data.values().length != product(shape) || !flat && !data.shape().equals(shape)) {
            throw RefusedException.badInput(
                    INPUT + ".data has the shape " + data.shape() + ", which isn't its declared shape " + shape);
        }
        return new FloatTensor(data.values(), shape);
    }

    private static FloatTensor binary(Datatype datatype, List<Integer> shape, InputTensor input, ByteBuffer binary) {
        long declaredBytes = input.binaryBytes().getAsLong();
        long expected = product(shape) * datatype.bytes();
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

    /** The declared shape, once it is known to be positive and within the limit. */
    private List<Integer> shape(List<Long> declared) {
        if (declared.isEmpty()) {
            throw RefusedException.badInput(INPUT + ".shape must have at least 1 dimension");
        }
        long values = 1;
        for (long dimension : declared) {
            if (dimension < 1) {
                throw RefusedException.badInput(INPUT + ".shape must hold positive integers, not " + dimension);
            }
            if (dimension > limit.maxValues() / values) {
                throw limit.exceeded(INPUT);
            }
            values *= dimension;
        }
        return declared.stream().map(Long::intValue).toList();
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
        if (!output.name().equals(signature.output())) {
            throw RefusedException.badInput(
                    "outputs must name '" + signature.output() + "' alone, the model has no other output");
        }
        boolean binary = output.binary().orElse(binaryByDefault);
        if (output.topClasses().isPresent()) {
            return new OutputForm.TopClasses(Math.min(output.topClasses().getAsInt(), signature.classes()), binary);
        }
        return binary ? new OutputForm.Binary() : new OutputForm.Numbers();
    }

    private static long product(List<Integer> shape) {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }
}
