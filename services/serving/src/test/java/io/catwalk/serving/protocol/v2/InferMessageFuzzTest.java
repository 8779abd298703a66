package io.catwalk.serving.protocol.v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.catwalk.fuzzing.ParserProperty;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.protocol.inference.InferParameter;
import io.catwalk.protocol.inference.InferTensorContents;
import io.catwalk.protocol.inference.ModelInferRequest;
import io.catwalk.protocol.inference.ModelInferRequest.InferInputTensor;
import io.catwalk.protocol.inference.ModelInferRequest.InferRequestedOutputTensor;
import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.protocol.image.EncodedPictures;
import io.catwalk.serving.refusal.RefusedException;
import org.junit.jupiter.params.provider.MethodSource;

class InferMessageFuzzTest {
    private static final int MAX_IMAGES = 64;
    private static final ImageShape IMAGE = new ImageShape(4, 4, 1);
    private static final int VALUES = Math.toIntExact(IMAGE.size());
    private static final InferMessageReader READER = new InferMessageReader(
            new Signature("images", IMAGE, "probabilities", 2),
            MAX_IMAGES,
            new EncodedPictures(VALUES, picture -> new float[VALUES]));
    private static final ParserProperty PROPERTY = ParserProperty.refusesWith(RefusedException.class)
            .orWith(InvalidProtocolBufferException.class)
            .allocates(1 << 18, 300);

    static Stream<byte[]> seeds() {
        return Stream.of(
                        message("FP32", 1, 16).addRawInputContents(ByteString.copyFrom(new byte[64])),
                        message("FP64", 2, 4, 4, 1)
                                .addRawInputContents(ByteString.copyFrom(new byte[256]))
                                .addOutputs(InferRequestedOutputTensor.newBuilder()
                                        .setName("probabilities")
                                        .putParameters(
                                                "classification",
                                                InferParameter.newBuilder()
                                                        .setInt64Param(2)
                                                        .build())),
                        message("BYTES", 1).addRawInputContents(ByteString.copyFrom(new byte[] {1, 0, 0, 0, 7})),
                        contents(
                                "UINT8",
                                InferTensorContents.newBuilder().addAllUintContents(Collections.nCopies(VALUES, 255))),
                        contents(
                                "INT64",
                                InferTensorContents.newBuilder().addAllInt64Contents(Collections.nCopies(VALUES, 1L))),
                        contents(
                                "FP32",
                                InferTensorContents.newBuilder().addAllFp32Contents(Collections.nCopies(VALUES, 0.5f))))
                .map(message -> message.build().toByteArray());
    }

    private static ModelInferRequest.Builder contents(String datatype, InferTensorContents.Builder contents) {
        ModelInferRequest.Builder message = message(datatype, 1, VALUES);
        message.getInputsBuilder(0).setContents(contents);
        return message;
    }

    private static ModelInferRequest.Builder message(String datatype, long... shape) {
        List<Long> dimensions = Arrays.stream(shape).boxed().toList();
        return ModelInferRequest.newBuilder()
                .setModelName("fashion")
                .setId("7")
                .addInputs(InferInputTensor.newBuilder()
                        .setName("images")
                        .setDatatype(datatype)
                        .addAllShape(dimensions));
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsOrRefuses(byte[] message) {
        PROPERTY.check(message.length, () -> READER.read(ModelInferRequest.parseFrom(message)))
                .ifPresent(request -> {
                    assertThat(request.images().count()).isBetween(1, MAX_IMAGES);
                    assertThat(request.images().values())
                            .hasSize(request.images().count() * VALUES);
                });
    }
}
