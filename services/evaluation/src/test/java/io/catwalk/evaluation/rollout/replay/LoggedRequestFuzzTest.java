package io.catwalk.evaluation.rollout.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.catwalk.fuzzing.ParserProperty;
import io.catwalk.serving.v1.ImageEncoding;
import io.catwalk.serving.v1.InferenceLogged;
import org.junit.jupiter.params.provider.MethodSource;

class LoggedRequestFuzzTest {
    private static final LoggedRequest.Place PLACE = new LoggedRequest.Place(0, 0, 0);
    private static final ParserProperty PROPERTY = ParserProperty.refusesWith(IllegalArgumentException.class)
            .orWith(InvalidProtocolBufferException.class)
            .allocates(1 << 16, 200);

    static Stream<byte[]> seeds() {
        InferenceLogged logged = InferenceLogged.newBuilder()
                .setModel("fashion")
                .addAllImageShape(List.of(2, 2, 1))
                .setImageCount(2)
                .setImageEncoding(ImageEncoding.IMAGE_ENCODING_UINT8)
                .setImages(ByteString.copyFrom(new byte[8]))
                .addAllProbabilities(List.of(0.25f, 0.75f, 1f, 0f))
                .build();
        return Stream.of(
                        logged.toBuilder(),
                        logged.toBuilder()
                                .setImageEncoding(ImageEncoding.IMAGE_ENCODING_FLOAT32)
                                .setImages(ByteString.copyFrom(new byte[32])),
                        // Nearly 2^64 bytes.
                        logged.toBuilder()
                                .setImageCount(Integer.MAX_VALUE)
                                .setImageShape(0, Integer.MAX_VALUE)
                                .setImageShape(1, 1)
                                .setImageEncoding(ImageEncoding.IMAGE_ENCODING_FLOAT32)
                                .clearImages()
                                .clearProbabilities())
                .map(message -> message.build().toByteArray());
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsOrRefuses(byte[] message) {
        PROPERTY.check(message.length, () -> LoggedRequest.of(PLACE, InferenceLogged.parseFrom(message)))
                .ifPresent(request -> {
                    assertThat(request.images(0, request.count()))
                            .hasSize(request.count()
                                    * Math.toIntExact(
                                            request.signature().input().size()));
                    assertThat(request.classes(0, request.count())).hasSize(request.count());
                });
    }
}
