package io.catwalk.conformance.fake;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.catwalk.protocol.inference.ModelConfigResponse;
import io.catwalk.protocol.inference.ModelInferResponse;
import io.catwalk.protocol.inference.ModelInferResponse.InferOutputTensor;
import io.catwalk.protocol.inference.ModelMetadataResponse;
import io.catwalk.protocol.inference.ModelReadyResponse;
import io.catwalk.protocol.inference.ModelStatisticsResponse;
import io.catwalk.protocol.inference.RepositoryIndexResponse;
import io.catwalk.protocol.inference.ServerLiveResponse;
import io.catwalk.protocol.inference.ServerMetadataResponse;
import io.catwalk.protocol.inference.ServerReadyResponse;
import io.grpc.Status;

/** One way each in which a server's answers over gRPC are wrong. */
public enum GrpcFault {
    DEAD(answer -> answer instanceof ServerLiveResponse ? ServerLiveResponse.getDefaultInstance() : answer),
    UNREADY(answer -> answer instanceof ServerReadyResponse ? ServerReadyResponse.getDefaultInstance() : answer),
    UNREADY_MODEL(answer -> answer instanceof ModelReadyResponse ? ModelReadyResponse.getDefaultInstance() : answer),
    NAMELESS_SERVER(
            answer -> answer instanceof ServerMetadataResponse ? ServerMetadataResponse.getDefaultInstance() : answer),
    NAMELESS_MODEL(
            answer -> answer instanceof ModelMetadataResponse ? ModelMetadataResponse.getDefaultInstance() : answer),
    EMPTY_INDEX(answer ->
            answer instanceof RepositoryIndexResponse ? RepositoryIndexResponse.getDefaultInstance() : answer),
    EMPTY_CONFIGURATION(
            answer -> answer instanceof ModelConfigResponse ? ModelConfigResponse.getDefaultInstance() : answer),
    STATISTICS_STAND_STILL(answer ->
            answer instanceof ModelStatisticsResponse ? ModelStatisticsResponse.getDefaultInstance() : answer),
    OTHER_MODEL(inferred(answer -> answer.toBuilder().setModelName("other").build())),
    NO_ID(inferred(answer -> answer.toBuilder().clearId().build())),
    LESS_CONTENTS(inferred(answer -> answer.toBuilder()
            .setRawOutputContents(
                    0,
                    answer.getRawOutputContents(0)
                            .substring(0, answer.getRawOutputContents(0).size() - Float.BYTES))
            .build())),
    MORE_OUTPUTS(inferred(answer -> answer.toBuilder()
            .addOutputs(InferOutputTensor.newBuilder().setName("more").setDatatype("BOOL"))
            .addRawOutputContents(ByteString.EMPTY)
            .build())),
    UNLIKE_EACH_TIME(inferred(answer -> answer.toBuilder()
            .setRawOutputContents(
                    0, Memory.next().concat(answer.getRawOutputContents(0).substring(Float.BYTES)))
            .build())),
    CLASSES_WITHOUT_INDEX(inferred(answer -> answer.getOutputs(0).getDatatype().equals("BYTES")
            ? answer.toBuilder()
                    .setRawOutputContents(0, ByteString.copyFrom(new byte[] {1, 0, 0, 0, 'a'}))
                    .build()
            : answer)),
    INVALID_IS_INTERNAL(Status.Code.INVALID_ARGUMENT, Status.INTERNAL),
    NOT_FOUND_IS_UNKNOWN(Status.Code.NOT_FOUND, Status.UNKNOWN),
    RAW_IS_REFUSED(Request.RAW),
    TYPED_IS_REFUSED(Request.TYPED),
    VERSIONS_ARE_REFUSED(Request.VERSION);

    /** What a server may refuse that it must not. */
    enum Request {
        NONE,
        RAW,
        TYPED,
        VERSION
    }

    private final UnaryOperator<Message> answer;
    private final Status.Code right;
    private final Status wrong;
    private final Request refused;

    GrpcFault(UnaryOperator<Message> answer) {
        this(answer, Status.Code.OK, Status.OK, Request.NONE);
    }

    GrpcFault(Status.Code right, Status wrong) {
        this(answer -> answer, right, wrong, Request.NONE);
    }

    GrpcFault(Request refused) {
        this(answer -> answer, Status.Code.OK, Status.OK, refused);
    }

    GrpcFault(UnaryOperator<Message> answer, Status.Code right, Status wrong, Request refused) {
        this.answer = answer;
        this.right = right;
        this.wrong = wrong;
        this.refused = refused;
    }

    Message answer(Message message) {
        return answer.apply(message);
    }

    Status status(Status status) {
        return status.getCode() == right ? wrong : status;
    }

    boolean refuses(Request request) {
        return refused == request;
    }

    private static UnaryOperator<Message> inferred(UnaryOperator<ModelInferResponse> change) {
        return answer -> answer instanceof ModelInferResponse inferred ? change.apply(inferred) : answer;
    }

    /** An enum's constants can't see its own fields. */
    private static final class Memory {
        private static final AtomicInteger COUNTER = new AtomicInteger();

        /** Another float32 each time. */
        static ByteString next() {
            return ByteString.copyFrom(new byte[] {0, 0, (byte) (COUNTER.incrementAndGet() * 16), 65});
        }
    }
}
