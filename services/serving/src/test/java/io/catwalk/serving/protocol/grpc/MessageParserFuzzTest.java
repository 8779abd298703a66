package io.catwalk.serving.protocol.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ByteString;
import io.catwalk.fuzzing.ParserProperty;
import io.catwalk.protocol.inference.GRPCInferenceServiceGrpc;
import io.catwalk.protocol.inference.InferTensorContents;
import io.catwalk.protocol.inference.ModelInferRequest;
import io.catwalk.protocol.inference.ModelInferRequest.InferInputTensor;
import io.catwalk.serving.refusal.RefusedException;
import org.junit.jupiter.params.provider.MethodSource;

/** A message takes no more memory than {@link MessageCost} says that it will. */
class MessageParserFuzzTest {
    private static final MessageParser<ModelInferRequest> PARSER =
            MessageParser.of(GRPCInferenceServiceGrpc.getModelInferMethod());
    private static final ParserProperty COST =
            ParserProperty.refusesWith(RefusedException.class).allocates(1 << 16, 200);
    /** A list that grows leaves its earlier arrays behind. */
    private static final int GARBAGE = 2;

    static Stream<byte[]> seeds() {
        return Stream.of(
                        ModelInferRequest.newBuilder()
                                .setModelName("fashion")
                                .addInputs(InferInputTensor.newBuilder()
                                        .setName("images")
                                        .setDatatype("FP32")
                                        .addShape(1)
                                        .addShape(16))
                                .addRawInputContents(ByteString.copyFrom(new byte[64])),
                        ModelInferRequest.newBuilder()
                                .addInputs(InferInputTensor.newBuilder()
                                        .setContents(InferTensorContents.newBuilder()
                                                .addAllIntContents(Collections.nCopies(300, 1))
                                                .addAllFp32Contents(Collections.nCopies(30, 1f))
                                                .addAllBoolContents(Collections.nCopies(30, true))
                                                .addBytesContents(ByteString.copyFromUtf8("picture")))),
                        ModelInferRequest.newBuilder()
                                .addAllInputs(Collections.nCopies(50, InferInputTensor.getDefaultInstance())))
                .map(message -> message.build().toByteArray());
    }

    @MethodSource("seeds")
    @FuzzTest
    void costsWhatIsEstimated(byte[] message) {
        COST.check(message.length, () -> PARSER.cost(message)).ifPresent(cost -> {
            assertThat(cost).isNotNegative();
            ParserProperty.refusesWith(RefusedException.class)
                    .allocates(GARBAGE * cost + (1 << 14), GARBAGE)
                    .check(message.length, () -> PARSER.parse(message));
        });
    }
}
