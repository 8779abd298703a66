package io.catwalk.serving.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;

import com.google.protobuf.ByteString;
import io.catwalk.objectstore.Digest;
import io.catwalk.protocol.inference.GRPCInferenceServiceGrpc;
import io.catwalk.protocol.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.catwalk.protocol.inference.InferTensorContents;
import io.catwalk.protocol.inference.ModelInferRequest;
import io.catwalk.protocol.inference.ModelInferRequest.InferInputTensor;
import io.catwalk.protocol.inference.ModelInferResponse;
import io.catwalk.protocol.tensorflow.serving.PredictionServiceGrpc;
import io.catwalk.protocol.tensorflow.serving.PredictionServiceGrpc.PredictionServiceBlockingStub;
import io.catwalk.serving.protocol.admission.Admission;
import io.catwalk.serving.protocol.grpc.GrpcServer;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.quarkus.test.common.http.TestHTTPResource;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A client of the service over gRPC, with the model {@code fashion}. */
abstract class OverGrpc {
    static final int PIXELS = 784;
    static final int STRIP = 3;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    @Inject
    PublishedModels models;

    @Inject
    GrpcServer server;

    @Inject
    Admission admission;

    Digest digest;
    ManagedChannel channel;
    GRPCInferenceServiceBlockingStub inference;
    PredictionServiceBlockingStub prediction;

    @BeforeEach
    void connect() {
        digest = models.serve("fashion", 1, 0, 1);
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .build();
        inference = GRPCInferenceServiceGrpc.newBlockingStub(channel);
        prediction = PredictionServiceGrpc.newBlockingStub(channel);
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    void refused(ModelInferRequest.Builder request, Status.Code code, String message) {
        StatusRuntimeException refusal =
                catchThrowableOfType(StatusRuntimeException.class, () -> inference.modelInfer(request.build()));
        assertThat(refusal.getStatus().getDescription()).contains(message);
        assertThat(refusal.getStatus().getCode()).isEqualTo(code);
    }

    static ModelInferRequest.Builder raw(String datatype, byte[] content) {
        return request(datatype, 1, PIXELS).addRawInputContents(ByteString.copyFrom(content));
    }

    static ModelInferRequest.Builder typed(String datatype, InferTensorContents.Builder contents) {
        ModelInferRequest.Builder request = request(datatype, 1, PIXELS);
        request.getInputsBuilder(0).setContents(contents);
        return request;
    }

    static ModelInferRequest.Builder request(String datatype, long... shape) {
        InferInputTensor.Builder input =
                InferInputTensor.newBuilder().setName("images").setDatatype(datatype);
        for (long size : shape) {
            input.addShape(size);
        }
        return ModelInferRequest.newBuilder().setModelName("fashion").addInputs(input);
    }

    static int best(ModelInferResponse raw) {
        return best(probabilities(raw));
    }

    static int best(List<Float> probabilities) {
        return IntStream.range(0, probabilities.size())
                .reduce((best, index) -> probabilities.get(index) > probabilities.get(best) ? index : best)
                .getAsInt();
    }

    static List<Float> probabilities(ModelInferResponse raw) {
        ByteBuffer bytes = raw.getRawOutputContents(0).asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        return IntStream.range(0, bytes.remaining() / Float.BYTES)
                .mapToObj(index -> bytes.getFloat(index * Float.BYTES))
                .toList();
    }

    static byte[] floats(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    static String header(Metadata headers, String name) {
        return headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    }
}
