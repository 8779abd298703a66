package io.catwalk.serving.protocol.tfs;

import java.nio.ByteOrder;
import java.util.List;
import java.util.function.IntToDoubleFunction;

import com.google.protobuf.ByteString;
import io.catwalk.protocol.tensorflow.DataType;
import io.catwalk.protocol.tensorflow.TensorProto;
import io.catwalk.protocol.tensorflow.TensorShapeProto.Dim;
import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.protocol.image.EncodedPictures;
import io.catwalk.serving.protocol.tensor.Datatype;
import io.catwalk.serving.protocol.tensor.FloatTensor;
import io.catwalk.serving.protocol.tensor.ImageBatch;
import io.catwalk.serving.protocol.tensor.ImageLimit;
import io.catwalk.serving.refusal.RefusedException;

/** Reads a tensor into images: numbers by content or by values, or encoded pictures as strings. */
final class TensorReader {
    private final Signature signature;
    private final ImageLimit limit;
    private final EncodedPictures pictures;
    private final String name;

    /** @param name what the tensor is called in errors */
    TensorReader(Signature signature, int maxImages, EncodedPictures pictures, String name) {
        this.signature = signature;
        this.limit = new ImageLimit(maxImages, signature.imageValues());
        this.pictures = pictures;
        this.name = name;
    }

    /** @throws RefusedException with {@code BAD_INPUT}, naming the tensor, and as reading a picture does */
    ImageBatch read(TensorProto tensor) {
        if (tensor.getTensorShape().getUnknownRank()) {
            throw bad("must have a shape");
        }
        List<Long> dimensions =
                tensor.getTensorShape().getDimList().stream().map(Dim::getSize).toList();
        if (tensor.getDtype() == DataType.DT_STRING) {
            return strings(tensor, dimensions);
        }
        Datatype datatype = datatype(tensor.getDtype());
        List<Integer> shape = shape(dimensions);
        float[] values = tensor.getTensorContent().isEmpty()
                ? typed(datatype, tensor, shape)
                : content(datatype, tensor.getTensorContent(), shape);
        return ImageBatch.of(new FloatTensor(values, shape), signature.image(), name, limit.maxImages());
    }

    private ImageBatch strings(TensorProto tensor, List<Long> shape) {
        boolean column = shape.size() == 2 && shape.get(1) == 1;
        if (!(column || shape.size() == 1) || shape.getFirst() != tensor.getStringValCount() || shape.getFirst() < 1) {
            throw bad(
                    "must have the shape [n] or [n,1] with n from 1 and as many string_val, as its dtype is DT_STRING, not "
                            + shape + " with " + tensor.getStringValCount());
        }
        ImageBatch.requireCount(shape.getFirst(), name, limit.maxImages());
        return pictures.decode(
                tensor.getStringValList().stream().map(ByteString::toByteArray).toList(), name);
    }

    private Datatype datatype(DataType type) {
        return switch (type) {
            case DT_FLOAT -> Datatype.FP32;
            case DT_DOUBLE -> Datatype.FP64;
            case DT_HALF -> Datatype.FP16;
            case DT_BFLOAT16 -> Datatype.BF16;
            case DT_INT8 -> Datatype.INT8;
            case DT_INT16 -> Datatype.INT16;
            case DT_INT32 -> Datatype.INT32;
            case DT_INT64 -> Datatype.INT64;
            case DT_UINT8 -> Datatype.UINT8;
            case DT_UINT16 -> Datatype.UINT16;
            case DT_UINT32 -> Datatype.UINT32;
            case DT_UINT64 -> Datatype.UINT64;
            case DT_INVALID,
                    DT_STRING,
                    DT_COMPLEX64,
                    DT_BOOL,
                    DT_QINT8,
                    DT_QUINT8,
                    DT_QINT32,
                    DT_QINT16,
                    DT_QUINT16,
                    DT_COMPLEX128,
                    DT_RESOURCE,
                    DT_VARIANT,
                    UNRECOGNIZED -> throw bad("must have the dtype of a real number or DT_STRING, not " + type);
        };
    }

    private List<Integer> shape(List<Long> dimensions) {
        long values = 1;
        if (dimensions.isEmpty()) {
            throw bad("must have at least 1 dimension");
        }
        for (long dimension : dimensions) {
            if (dimension < 1) {
                throw bad("must have a shape of positive integers, not " + dimensions);
            }
            if (dimension > limit.maxValues() / values) {
                throw limit.exceeded(name);
            }
            values *= dimension;
        }
        return dimensions.stream().map(Long::intValue).toList();
    }

    private float[] content(Datatype datatype, ByteString content, List<Integer> shape) {
        long expected = (long) count(shape) * datatype.bytes();
        if (content.size() != expected) {
            throw bad("must have " + expected + " bytes of tensor_content for the shape " + shape + " of " + datatype
                    + ", not " + content.size());
        }
        return datatype.decode(content.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN), name);
    }

    /** A list goes on with its last element; only that of a single image may, so that a message costs what it brings. */
    private float[] typed(Datatype datatype, TensorProto tensor, List<Integer> shape) {
        Values values = values(datatype, tensor);
        int count = count(shape);
        boolean goesOn = values.count() > 0 && values.count() < count && count <= signature.imageValues();
        if (values.count() != count && !goesOn) {
            throw bad("must have tensor_content, or " + count + " elements in " + values.field() + " for the shape "
                    + shape + ", not " + values.count());
        }
        int last = values.count() - 1;
        return datatype.convert(count, index -> values.at().applyAsDouble(Math.min(index, last)), name);
    }

    private static Values values(Datatype datatype, TensorProto tensor) {
        return switch (datatype) {
            case FP32 -> new Values("float_val", tensor.getFloatValCount(), tensor::getFloatVal);
            case FP64 -> new Values("double_val", tensor.getDoubleValCount(), tensor::getDoubleVal);
            case FP16 ->
                new Values(
                        "half_val",
                        tensor.getHalfValCount(),
                        index -> Float.float16ToFloat((short) tensor.getHalfVal(index)));
            case BF16 ->
                new Values(
                        "half_val",
                        tensor.getHalfValCount(),
                        index -> Float.intBitsToFloat(tensor.getHalfVal(index) << Short.SIZE));
            case INT8, INT16, INT32, UINT8, UINT16 -> new Values("int_val", tensor.getIntValCount(), tensor::getIntVal);
            case INT64 -> new Values("int64_val", tensor.getInt64ValCount(), tensor::getInt64Val);
            case UINT32 ->
                new Values(
                        "uint32_val",
                        tensor.getUint32ValCount(),
                        index -> Integer.toUnsignedLong(tensor.getUint32Val(index)));
            case UINT64 ->
                new Values(
                        "uint64_val",
                        tensor.getUint64ValCount(),
                        index -> Datatype.unsigned(tensor.getUint64Val(index)));
        };
    }

    private static int count(List<Integer> shape) {
        return shape.stream().reduce(1, Math::multiplyExact);
    }

    private RefusedException bad(String problem) {
        return RefusedException.badInput(name + " " + problem);
    }

    /** The elements of a typed list. */
    private record Values(String field, int count, IntToDoubleFunction at) {}
}
