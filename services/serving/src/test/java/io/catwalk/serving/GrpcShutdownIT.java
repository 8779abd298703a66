package io.catwalk.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.google.protobuf.ByteString;
import io.catwalk.local.process.LocalPort;
import io.catwalk.protocol.inference.GRPCInferenceServiceGrpc;
import io.catwalk.protocol.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.catwalk.protocol.inference.ModelInferRequest;
import io.catwalk.protocol.inference.ModelInferRequest.InferInputTensor;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class GrpcShutdownIT extends RunningServing {
    private final int port = LocalPort.free();

    @Override
    Map<String, String> settings() {
        return Map.of("CATWALK_GRPC_PORT", Integer.toString(port));
    }

    @Tag("fault-25")
    @Test
    void answersAcceptedCallsAtShutdown() throws Exception {
        broker = startBroker();
        service.awaitReady();
        promote(1, publish(1, 0), 1);
        awaitVersion(1);
        AtomicInteger answered = new AtomicInteger();
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
            List<Future<StatusRuntimeException>> calls = IntStream.range(0, 4)
                    .mapToObj(caller -> callers.submit(() -> callUntilRefused(channel, answered)))
                    .toList();
            await().atMost(TIMEOUT).until(() -> answered.get() > 200);
            service.close();
            for (Future<StatusRuntimeException> call : calls) {
                StatusRuntimeException end = call.get();
                assertThat(end.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
                // No call was cut off: the last one found nobody to connect to.
                assertThat(end).hasRootCauseInstanceOf(ConnectException.class);
            }
        } finally {
            channel.shutdownNow();
        }
    }

    private static StatusRuntimeException callUntilRefused(ManagedChannel channel, AtomicInteger answered) {
        ByteBuffer image = ByteBuffer.allocate(784 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        image.asFloatBuffer().put(TinyModel.image(STRIP));
        ModelInferRequest request = ModelInferRequest.newBuilder()
                .setModelName("fashion")
                .addInputs(InferInputTensor.newBuilder()
                        .setName("images")
                        .setDatatype("FP32")
                        .addShape(1)
                        .addShape(784))
                .addRawInputContents(ByteString.copyFrom(image.array()))
                .build();
        GRPCInferenceServiceBlockingStub stub = GRPCInferenceServiceGrpc.newBlockingStub(channel);
        while (true) {
            try {
                assertThat(stub.modelInfer(request).getModelVersion()).isEqualTo("1");
                answered.incrementAndGet();
            } catch (StatusRuntimeException e) {
                return e;
            }
        }
    }
}
