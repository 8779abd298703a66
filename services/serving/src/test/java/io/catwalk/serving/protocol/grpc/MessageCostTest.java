package io.catwalk.serving.protocol.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.catwalk.protocol.inference.InferTensorContents;
import io.catwalk.protocol.inference.ModelInferRequest;
import io.catwalk.protocol.inference.ModelInferRequest.InferInputTensor;
import io.catwalk.serving.refusal.RefusedException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MessageCostTest {
    @Test
    void rawBytesCostNothingButTheirObject() {
        assertThat(cost(ModelInferRequest.newBuilder().addRawInputContents(ByteString.copyFrom(new byte[1 << 20]))))
                .isLessThan(1_000);
    }

    @Test
    void numbersAndEmptyMessagesCostWhatTheyBecome() {
        List<Integer> ones = Collections.nCopies(10_000, 1);
        assertThat(cost(input(InferTensorContents.newBuilder().addAllIntContents(ones))))
                .isBetween(2L * 40_000, 100_000L);
        assertThat(cost(input(InferTensorContents.newBuilder().addAllFp32Contents(Collections.nCopies(10_000, 1f)))))
                .isBetween(40_000L, 41_000L);
        assertThat(cost(ModelInferRequest.newBuilder()
                        .addAllInputs(Collections.nCopies(1_000, InferInputTensor.getDefaultInstance()))))
                .isGreaterThan(100_000);
    }

    @Test
    void refusesWhatIsNoMessage() {
        assertThatThrownBy(() -> MessageCost.of(new byte[] {10, 5, 1}, ModelInferRequest.getDescriptor()))
                .isInstanceOf(RefusedException.class)
                .hasMessageStartingWith("the message isn't of the type inference.ModelInferRequest: ");
    }

    @Test
    void refusesUnknownFieldsThatAreNestedWithoutEnd() {
        byte[] groups = new byte[1 << 20];
        Arrays.fill(groups, (byte) (15 << 3 | 3));

        assertThatThrownBy(() -> MessageCost.of(groups, ModelInferRequest.getDescriptor()))
                .isInstanceOf(RefusedException.class);
    }

    /** It refuses nothing that can be parsed, and fails on nothing. */
    @Property(tries = 2_000)
    void readsWhateverTheParserReads(@ForAll byte[] message) {
        boolean parsed = true;
        try {
            ModelInferRequest.parseFrom(message);
        } catch (InvalidProtocolBufferException e) {
            parsed = false;
        }
        try {
            assertThat(MessageCost.of(message, ModelInferRequest.getDescriptor()))
                    .isNotNegative();
        } catch (RefusedException e) {
            assertThat(parsed).isFalse();
        }
    }

    private static ModelInferRequest.Builder input(InferTensorContents.Builder contents) {
        return ModelInferRequest.newBuilder()
                .addInputs(InferInputTensor.newBuilder().setContents(contents));
    }

    private static long cost(ModelInferRequest.Builder message) {
        return MessageCost.of(message.build().toByteArray(), ModelInferRequest.getDescriptor());
    }
}
