package io.catwalk.serving.protocol.tfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.catwalk.fuzzing.ParserProperty;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.protocol.tensorflow.DataType;
import io.catwalk.protocol.tensorflow.TensorProto;
import io.catwalk.protocol.tensorflow.TensorShapeProto;
import io.catwalk.protocol.tensorflow.TensorShapeProto.Dim;
import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.protocol.image.EncodedPictures;
import io.catwalk.serving.refusal.RefusedException;
import org.junit.jupiter.params.provider.MethodSource;

class TensorFuzzTest {
    private static final int MAX_IMAGES = 64;
    private static final ImageShape IMAGE = new ImageShape(4, 4, 1);
    private static final int VALUES = Math.toIntExact(IMAGE.size());
    private static final TensorReader READER = new TensorReader(
            new Signature("images", IMAGE, "probabilities", 2),
            MAX_IMAGES,
            new EncodedPictures(VALUES, picture -> new float[VALUES]),
            "images");
    private static final ParserProperty PROPERTY = ParserProperty.refusesWith(RefusedException.class)
            .orWith(InvalidProtocolBufferException.class)
            .allocates(1 << 18, 300);

    static Stream<byte[]> seeds() {
        return Stream.of(
                        tensor(DataType.DT_FLOAT, 1, 16).setTensorContent(ByteString.copyFrom(new byte[64])),
                        tensor(DataType.DT_FLOAT, 1, 4, 4, 1).addFloatVal(0.5f),
                        tensor(DataType.DT_UINT8, 2, 16).addAllIntVal(Collections.nCopies(32, 7)),
                        tensor(DataType.DT_HALF, 1, 16).addAllHalfVal(Collections.nCopies(16, 0x3c00)),
                        tensor(DataType.DT_UINT64, 1, 16).addUint64Val(-1),
                        tensor(DataType.DT_STRING, 1).addStringVal(ByteString.copyFromUtf8("picture")))
                .map(tensor -> tensor.build().toByteArray());
    }

    private static TensorProto.Builder tensor(DataType type, long... shape) {
        return TensorProto.newBuilder()
                .setDtype(type)
                .setTensorShape(TensorShapeProto.newBuilder()
                        .addAllDim(LongStream.of(shape)
                                .mapToObj(size -> Dim.newBuilder().setSize(size).build())
                                .toList()));
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsOrRefuses(byte[] message) {
        PROPERTY.check(message.length, () -> READER.read(TensorProto.parseFrom(message)))
                .ifPresent(images -> {
                    assertThat(images.count()).isBetween(1, MAX_IMAGES);
                    assertThat(images.values()).hasSize(images.count() * VALUES);
                });
    }
}
