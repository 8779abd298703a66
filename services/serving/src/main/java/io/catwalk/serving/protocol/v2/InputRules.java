package io.catwalk.serving.protocol.v2;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.protocol.image.EncodedPictures;
import io.catwalk.serving.protocol.tensor.FloatTensor;
import io.catwalk.serving.protocol.tensor.ImageBatch;
import io.catwalk.serving.protocol.tensor.ImageLimit;
import io.catwalk.serving.refusal.RefusedException;

/** What a request's one input must be, whatever it is written in. All methods refuse with {@code BAD_INPUT}, naming the place. */
final class InputRules {
    static final String INPUT = "inputs[0]";

    private final Signature signature;
    private final ImageLimit limit;
    private final EncodedPictures pictures;

    InputRules(Signature signature, int maxImages, EncodedPictures pictures) {
        this.signature = signature;
        this.limit = new ImageLimit(maxImages, signature.imageValues());
        this.pictures = pictures;
    }

    ImageLimit limit() {
        return limit;
    }

    void requireOne(int inputs) {
        if (inputs != 1) {
            throw RefusedException.badInput(
                    "inputs must hold one tensor, the model's '" + signature.input() + "', not " + inputs);
        }
    }

    void requireName(String name) {
        if (!name.equals(signature.input())) {
            throw RefusedException.badInput(INPUT + ".name must be '" + signature.input() + "', the model's input");
        }
    }

    void requireOutput(String name) {
        if (!name.equals(signature.output())) {
            throw RefusedException.badInput(
                    "outputs must name '" + signature.output() + "' alone, the model has no other output");
        }
    }

    InferRequest.OutputForm topClasses(int count, boolean binary) {
        return new InferRequest.OutputForm.TopClasses(Math.min(count, signature.classes()), binary);
    }

    ImageBatch batch(FloatTensor images, String name) {
        return ImageBatch.of(images, signature.image(), name, limit.maxImages());
    }

    ImageBatch decoded(List<byte[]> encoded) {
        return pictures.decode(encoded, INPUT);
    }

    /** The number of pictures of a declared shape. */
    int pictureCount(List<Long> shape) {
        boolean column = shape.size() == 2 && shape.get(1) == 1;
        if (!(column || shape.size() == 1) || shape.getFirst() < 1) {
            throw RefusedException.badInput(
                    INPUT + ".shape must be [n] or [n,1] with n from 1, as its datatype is BYTES, not " + shape);
        }
        ImageBatch.requireCount(shape.getFirst(), INPUT, limit.maxImages());
        return Math.toIntExact(shape.getFirst());
    }

    /** The declared shape, once it is known to be positive and within the limit. */
    List<Integer> shape(List<Long> declared) {
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

    static long product(List<Integer> shape) {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }

    /** Elements in binary, each preceded by its length of 4 bytes. */
    static List<byte[]> elements(ByteBuffer binary, int count) {
        binary.order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> elements = new ArrayList<>();
        while (elements.size() < count) {
            long length = binary.remaining() < Integer.BYTES ? 0 : Integer.toUnsignedLong(binary.getInt());
            if (length == 0 || length > binary.remaining()) {
                throw RefusedException.badInput(INPUT + ", element " + elements.size()
                        + " must be its length, 4 bytes of at least 1, and as many bytes; " + binary.remaining()
                        + " are left for the length " + length);
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
}
