package io.catwalk.serving.load;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.google.protobuf.ByteString;
import io.catwalk.protocol.inference.GRPCInferenceServiceGrpc;
import io.catwalk.protocol.inference.ModelInferRequest;
import io.catwalk.protocol.inference.ModelInferRequest.InferInputTensor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;

/** Open Inference's protocol over gRPC, on some connections in turns. */
final class GrpcCaller implements Caller {
    /** A server bounds the calls of one connection; more would wait in the client. */
    private static final int CONNECTIONS = 8;

    private static final Metadata.Key<String> PUSHBACK =
            Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

    private final List<ManagedChannel> channels;
    private final ModelInferRequest request;
    private final AtomicInteger turn = new AtomicInteger();

    GrpcCaller(int port, byte[] images, int count) {
        channels = Stream.generate(() -> NettyChannelBuilder.forAddress("127.0.0.1", port)
                        .usePlaintext()
                        .disableRetry()
                        .build())
                .limit(CONNECTIONS)
                .toList();
        request = ModelInferRequest.newBuilder()
                .setModelName("fashion")
                .addInputs(InferInputTensor.newBuilder()
                        .setName("images")
                        .setDatatype("FP32")
                        .addShape(count)
                        .addShape(images.length / Float.BYTES / count))
                .addRawInputContents(ByteString.copyFrom(images))
                .build();
    }

    @Override
    public Reply call() {
        ManagedChannel channel = channels.get(Math.floorMod(turn.getAndIncrement(), CONNECTIONS));
        try {
            GRPCInferenceServiceGrpc.newBlockingStub(channel).modelInfer(request);
            return Reply.ANSWERED;
        } catch (StatusRuntimeException e) {
            Metadata trailers = e.getTrailers();
            if (e.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED
                    && trailers != null
                    && trailers.containsKey(PUSHBACK)) {
                return Reply.REFUSED;
            }
            if (e.getStatus().getCode() == Status.Code.DEADLINE_EXCEEDED) {
                return Reply.EXPIRED;
            }
            System.err.println(e);
            return Reply.FAILED;
        }
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
    }
}
