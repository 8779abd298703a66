package io.catwalk.conformance.model;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** The datatypes of the Open Inference Protocol, with their names in TensorFlow. */
public enum Datatype {
    BOOL(Byte.BYTES, "DT_BOOL"),
    UINT8(Byte.BYTES, "DT_UINT8"),
    UINT16(Short.BYTES, "DT_UINT16"),
    UINT32(Integer.BYTES, "DT_UINT32"),
    UINT64(Long.BYTES, "DT_UINT64"),
    INT8(Byte.BYTES, "DT_INT8"),
    INT16(Short.BYTES, "DT_INT16"),
    INT32(Integer.BYTES, "DT_INT32"),
    INT64(Long.BYTES, "DT_INT64"),
    FP16(Short.BYTES, "DT_HALF"),
    FP32(Float.BYTES, "DT_FLOAT"),
    FP64(Double.BYTES, "DT_DOUBLE"),
    BF16(Short.BYTES, "DT_BFLOAT16"),
    BYTES(0, "DT_STRING");

    private final int bytes;
    private final String tensorFlowName;

    Datatype(int bytes, String tensorFlowName) {
        this.bytes = bytes;
        this.tensorFlowName = tensorFlowName;
    }

    public static Optional<Datatype> named(String name) {
        return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
    }

    /** @param name as {@code DT_FLOAT} */
    public static Optional<Datatype> ofTensorFlow(String name) {
        return Arrays.stream(values())
                .filter(type -> type.tensorFlowName.equals(name))
                .findFirst();
    }

    /** The bytes of one element; 0 where elements differ. */
    public int bytes() {
        return bytes;
    }

    /** Whether elements are numbers with a fraction. */
    boolean isFloatingPoint() {
        return switch (this) {
            case FP16, FP32, FP64, BF16 -> true;
            case BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64, BYTES -> false;
        };
    }

    /** Whether the protocol has a JSON form for it. */
    public boolean hasJsonForm() {
        return this != FP16 && this != BF16;
    }

    JsonNode json(double value) {
        return switch (this) {
            case BOOL -> BooleanNode.valueOf(value != 0);
            case FP16, FP32, FP64, BF16 -> DoubleNode.valueOf(value);
            case UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64 -> LongNode.valueOf((long) value);
            case BYTES -> TextNode.valueOf(text(value));
        };
    }

    /** An element of {@link #BYTES}. */
    static String text(double value) {
        return Long.toString((long) value);
    }

    /** Appends an element; one of {@link #BYTES} after its length. */
    void write(double value, ByteBuffer to) {
        switch (this) {
            case BOOL -> to.put((byte) (value == 0 ? 0 : 1));
            case UINT8, INT8 -> to.put((byte) value);
            case UINT16, INT16 -> to.putShort((short) value);
            case UINT32, INT32 -> to.putInt((int) value);
            case UINT64, INT64 -> to.putLong((long) value);
            case FP16 -> to.putShort(Float.floatToFloat16((float) value));
            case BF16 -> to.putShort((short) (Float.floatToRawIntBits((float) value) >>> Short.SIZE));
            case FP32 -> to.putFloat((float) value);
            case FP64 -> to.putDouble(value);
            case BYTES -> {
                byte[] text = text(value).getBytes(StandardCharsets.UTF_8);
                to.putInt(text.length).put(text);
            }
        }
    }

    /**
     * The next element: a {@link Double}, or a {@link String} of {@link #BYTES}.
     *
     * @throws BufferUnderflowException where the bytes end within it
     */
    public Object read(ByteBuffer from) {
        return switch (this) {
            case BOOL, INT8 -> (double) from.get();
            case UINT8 -> (double) Byte.toUnsignedInt(from.get());
            case UINT16 -> (double) Short.toUnsignedInt(from.getShort());
            case INT16 -> (double) from.getShort();
            case UINT32 -> (double) Integer.toUnsignedLong(from.getInt());
            case INT32 -> (double) from.getInt();
            case UINT64, INT64 -> (double) from.getLong();
            case FP16 -> (double) Float.float16ToFloat(from.getShort());
            case BF16 -> (double) Float.intBitsToFloat(from.getShort() << Short.SIZE);
            case FP32 -> (double) from.getFloat();
            case FP64 -> from.getDouble();
            case BYTES -> {
                int length = from.getInt();
                if (length < 0 || length > from.remaining()) {
                    throw new BufferUnderflowException();
                }
                byte[] text = new byte[length];
                from.get(text);
                yield new String(text, StandardCharsets.UTF_8);
            }
        };
    }
}
