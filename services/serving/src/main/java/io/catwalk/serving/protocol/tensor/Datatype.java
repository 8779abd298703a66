package io.catwalk.serving.protocol.tensor;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

import io.catwalk.serving.refusal.RefusedException;

/**
 * The numeric datatypes of images. An integer is a pixel value from 0 to 255, which the model gets divided by 255. A
 * floating-point number is a value as the model takes it, black 0 and white 1, rounded to the nearest float32, ties to even.
 */
public enum Datatype {
    UINT8(Byte.BYTES, 255, bytes -> Byte.toUnsignedInt(bytes.get())),
    UINT16(Short.BYTES, 255, bytes -> Short.toUnsignedInt(bytes.getShort())),
    UINT32(Integer.BYTES, 255, bytes -> Integer.toUnsignedLong(bytes.getInt())),
    UINT64(Long.BYTES, 255, bytes -> unsigned(bytes.getLong())),
    INT8(Byte.BYTES, Byte.MAX_VALUE, ByteBuffer::get),
    INT16(Short.BYTES, 255, ByteBuffer::getShort),
    INT32(Integer.BYTES, 255, ByteBuffer::getInt),
    INT64(Long.BYTES, 255, ByteBuffer::getLong),
    FP16(Short.BYTES, bytes -> Float.float16ToFloat(bytes.getShort())),
    BF16(Short.BYTES, bytes -> Float.intBitsToFloat(bytes.getShort() << Short.SIZE)),
    FP32(Float.BYTES, ByteBuffer::getFloat),
    FP64(Double.BYTES, ByteBuffer::getDouble);

    /** The datatype of encoded pictures. */
    public static final String BYTES = "BYTES";

    private static final float PIXEL_MAX = 255f;
    private static final double UINT64_END = 0x1p64;

    private final int bytes;
    private final boolean integer;
    private final int max;
    private final ToDoubleFunction<ByteBuffer> next;

    Datatype(int bytes, ToDoubleFunction<ByteBuffer> next) {
        this(bytes, false, 0, next);
    }

    Datatype(int bytes, int max, ToDoubleFunction<ByteBuffer> next) {
        this(bytes, true, max, next);
    }

    Datatype(int bytes, boolean integer, int max, ToDoubleFunction<ByteBuffer> next) {
        this.bytes = bytes;
        this.integer = integer;
        this.max = max;
        this.next = next;
    }

    /** @throws RefusedException with {@code BAD_INPUT} for an unsupported datatype */
    public static Datatype named(String name, String tensor) {
        return Arrays.stream(values())
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> RefusedException.badInput(tensor + ".datatype must be one of "
                        + Arrays.stream(values()).map(Datatype::name).collect(Collectors.joining(", ")) + ", "
                        + BYTES));
    }

    /** The bytes of one value. */
    public int bytes() {
        return bytes;
    }

    /**
     * Converts binary tensor data to the model's input.
     *
     * @param binary little-endian
     * @throws RefusedException with {@code BAD_INPUT} for a value that isn't one of the datatype's
     */
    public float[] decode(ByteBuffer binary, String name) {
        return convert(binary.remaining() / bytes, index -> next.applyAsDouble(binary), name);
    }

    /**
     * Converts numbers of this type to the model's input.
     *
     * @param tensor of finite numbers
     * @throws RefusedException with {@code BAD_INPUT} for a value that isn't one of the datatype's, and for FP16 and BF16,
     *     which have no JSON form
     */
    public FloatTensor fromJson(FloatTensor tensor, String name) {
        if (this == FP16 || this == BF16) {
            throw RefusedException.badInput(
                    name + " can't be JSON, as its datatype is " + this + ", which is for binary tensor data only");
        }
        if (!integer) {
            return tensor;
        }
        float[] numbers = tensor.values();
        return new FloatTensor(convert(numbers.length, index -> numbers[index], name), tensor.shape());
    }

    /**
     * Converts numbers of this type to the model's input.
     *
     * @param numbers by their index
     * @throws RefusedException with {@code BAD_INPUT} for a value that isn't one of the datatype's
     */
    public float[] convert(int count, IntToDoubleFunction numbers, String name) {
        float[] values = new float[count];
        for (int index = 0; index < count; index++) {
            values[index] = toUnit(numbers.applyAsDouble(index), index, name);
        }
        return values;
    }

    private float toUnit(double value, int index, String name) {
        float rounded = (float) value;
        boolean sound =
                integer ? rounded >= 0 && rounded <= max && rounded == Math.rint(rounded) : Float.isFinite(rounded);
        if (!sound) {
            throw RefusedException.badInput(name + " must hold "
                    + (integer ? "integers from 0 to " + max : "finite float32 numbers") + ", as its datatype is "
                    + this
                    + ", value " + index + " is " + shown(value));
        }
        return integer ? rounded / PIXEL_MAX : rounded;
    }

    private static String shown(double value) {
        if (value == Math.rint(value) && Math.abs(value) <= UINT64_END) {
            return new BigDecimal(value).toPlainString();
        }
        return Math.abs(value) <= Float.MAX_VALUE ? Float.toString((float) value) : Double.toString(value);
    }

    /** The value of 64 unsigned bits. */
    public static double unsigned(long bits) {
        return bits >= 0 ? bits : (bits >>> 1) * 2.0;
    }
}
