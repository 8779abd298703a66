package io.catwalk.serving.protocol.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

import com.google.protobuf.ByteString;
import io.catwalk.protocol.inference.GRPCInferenceServiceGrpc;
import io.catwalk.protocol.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.catwalk.protocol.inference.InferTensorContents;
import io.catwalk.protocol.inference.ModelInferRequest;
import io.catwalk.protocol.inference.ModelInferRequest.InferInputTensor;
import io.catwalk.protocol.inference.ModelInferResponse;
import io.catwalk.protocol.inference.ServerReadyRequest;
import io.catwalk.serving.GrpcSocket;
import io.catwalk.serving.TinyModel;
import io.catwalk.serving.protocol.admission.Hold;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Compressor;
import io.grpc.CompressorRegistry;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** What is refused over gRPC, and what a call may hold and take. */
@QuarkusTest
@TestProfile(ServiceProfile.class)
class GrpcLimitsTest extends OverGrpc {
    @Test
    void refusesWithTheStatusThatSaysWhy() {
        byte[] image = floats(TinyModel.image(1));
        refused(raw("FP32", image).setModelName("nothing"), Status.Code.NOT_FOUND, "no model 'nothing' is loaded");
        refused(
                raw("FP32", image).setModelVersion("one"),
                Status.Code.INVALID_ARGUMENT,
                "model_version must be an integer from 1 to 2^63-1, not 'one'");
        refused(
                raw("FP32", new byte[4]),
                Status.Code.INVALID_ARGUMENT,
                "raw_input_contents[0] must have 3136 bytes for the shape [1, 784] of FP32, not 4");
        refused(
                typed("FP32", InferTensorContents.newBuilder().addFp32Contents(1)),
                Status.Code.INVALID_ARGUMENT,
                "inputs[0].contents.fp32_contents must hold the 784 elements of its shape");
        refused(
                request("BYTES", 1).addRawInputContents(ByteString.copyFromUtf8("\4\0\0\0GIF8")),
                Status.Code.INVALID_ARGUMENT,
                "inputs[0], element 0: the picture must be a PNG, JPEG, WebP or BMP");
        refused(
                raw("FP32", new byte[9 << 20]),
                Status.Code.RESOURCE_EXHAUSTED,
                "gRPC message exceeds maximum size 8388608");
        ModelInferRequest.Builder empty = ModelInferRequest.newBuilder().setModelName("fashion");
        IntStream.range(0, 100_000).forEach(index -> empty.addInputs(InferInputTensor.getDefaultInstance()));
        refused(empty, Status.Code.INVALID_ARGUMENT, "bytes of memory besides its own, at most 8388608 are allowed");
    }

    @Test
    void limitsMessagesAfterInflatingThem() {
        GRPCInferenceServiceBlockingStub gzip = inference.withCompression("gzip");
        assertThat(best(gzip.modelInfer(
                        raw("FP32", floats(TinyModel.image(STRIP))).build())))
                .isEqualTo(STRIP);
        StatusRuntimeException refusal = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> gzip.modelInfer(raw("FP32", new byte[9 << 20]).build()));
        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(refusal.getStatus().getDescription()).isEqualTo("the body must be at most 8388608 bytes");
    }

    @Test
    void refusesMessagesThatArentCompressedAsTheySay() {
        CompressorRegistry broken = CompressorRegistry.newEmptyInstance();
        broken.register(new Compressor() {
            @Override
            public String getMessageEncoding() {
                return "gzip";
            }

            @Override
            public OutputStream compress(OutputStream out) {
                return out;
            }
        });
        ManagedChannel other = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                .usePlaintext()
                .compressorRegistry(broken)
                .build();
        try {
            StatusRuntimeException refusal = catchThrowableOfType(
                    StatusRuntimeException.class,
                    () -> GRPCInferenceServiceGrpc.newBlockingStub(other)
                            .withCompression("gzip")
                            .modelInfer(raw("FP32", new byte[4]).build()));
            assertThat(refusal.getStatus().getDescription())
                    .isEqualTo("the message isn't compressed as its grpc-encoding says: Not in GZIP format");
            assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void releasesTheMemoryOfMessages() {
        for (int call = 0; call < 20; call++) {
            assertThatThrownBy(() ->
                            inference.modelInfer(raw("FP32", new byte[7 << 20]).build()))
                    .isInstanceOf(StatusRuntimeException.class)
                    .hasMessageContaining("must have 3136 bytes");
        }
        await().untilAsserted(() -> given().get(management.resolve("/q/metrics"))
                .then()
                .body(containsString("catwalk_http_body_memory_bytes 0.0")));
    }

    /** Reading these pictures takes longer than the service's own deadline. */
    @Test
    void workEndsWithTheClientsDeadlineAndWithItsCancel() throws IOException {
        ModelInferRequest.Builder request = request("BYTES", 100);
        BufferedImage large = new BufferedImage(4096, 4096, BufferedImage.TYPE_BYTE_GRAY);
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(large, "png", png);
        ByteString picture = ByteString.copyFrom(png.toByteArray());
        IntStream.range(0, 100)
                .forEach(index ->
                        request.getInputsBuilder(0).getContentsBuilder().addBytesContents(picture));

        assertThatThrownBy(() ->
                        inference.withDeadlineAfter(500, TimeUnit.MILLISECONDS).modelInfer(request.build()))
                .hasMessageStartingWith("DEADLINE_EXCEEDED");
        awaitOutcome("deadline");
        Future<ModelInferResponse> cancelled =
                GRPCInferenceServiceGrpc.newFutureStub(channel).modelInfer(request.build());
        await().untilAsserted(() -> assertThat(admission.budget().held()).isPositive());
        cancelled.cancel(true);
        awaitOutcome("cancelled");
        await().untilAsserted(() -> assertThat(admission.budget().held()).isZero());
    }

    private void awaitOutcome(String outcome) {
        await().atMost(Duration.ofSeconds(3))
                .untilAsserted(() -> assertThat(given().get(management.resolve("/q/metrics"))
                                .asString()
                                .lines()
                                .filter(line -> line.startsWith("catwalk_inference_seconds_count")))
                        .anyMatch(line ->
                                line.contains("protocol=\"v2-grpc\"") && line.contains("outcome=\"" + outcome + "\"")));
    }

    @Test
    void refusesWhatThePlacesAndTheMemoryDontAllowAndSaysWhenToTryAgain() {
        List<Hold> holds = new ArrayList<>();
        for (Hold hold = admission.hold(() -> {}); hold.complete(); hold = admission.hold(() -> {})) {
            holds.add(hold);
        }
        try {
            assertThat(overloaded()).isEqualTo("too many requests are being worked on");
            assertThat(inference
                            .serverReady(ServerReadyRequest.getDefaultInstance())
                            .getReady())
                    .isTrue();
        } finally {
            holds.forEach(Hold::leave);
        }
        long taken = 32L << 20;
        assertThat(admission.budget().reserve(taken, 1)).isTrue();
        try {
            assertThat(overloaded()).startsWith("the bodies of other requests take all the memory");
        } finally {
            admission.budget().release(taken);
        }
        assertThat(best(inference.modelInfer(
                        raw("FP32", floats(TinyModel.image(STRIP))).build())))
                .isEqualTo(STRIP);
    }

    private String overloaded() {
        StatusRuntimeException refusal = catchThrowableOfType(
                StatusRuntimeException.class,
                () -> inference.modelInfer(
                        raw("FP32", floats(TinyModel.image(1))).build()));
        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(header(refusal.getTrailers(), "grpc-retry-pushback-ms")).isEqualTo("1000");
        return refusal.getStatus().getDescription();
    }

    /** A frame of one byte takes some 70 in the server. */
    @Test
    void countsEachFrameOfAMessage() throws IOException {
        byte[] prefix = Arrays.copyOf(GrpcSocket.framed(new byte[1 << 20]), 5);
        try (GrpcSocket socket = new GrpcSocket(server.port(), GRPCInferenceServiceGrpc.getModelInferMethod())) {
            socket.data(prefix);
            socket.data(new byte[1]);
            socket.flush();
            await().untilAsserted(() -> assertThat(admission.budget().held()).isEqualTo(129));
            for (int frame = 1; frame < 10_000; frame++) {
                socket.data(new byte[1]);
                socket.data(new byte[0]);
            }
            socket.flush();
            await().untilAsserted(() -> assertThat(admission.budget().held()).isEqualTo(10_000 * 129));
        }
        await().untilAsserted(() -> assertThat(admission.budget().held()).isZero());
    }

    @Test
    void refusesFramesThatTakeMoreMemoryThanThereIs() throws IOException {
        double before = overloads();
        byte[] prefix = Arrays.copyOf(GrpcSocket.framed(new byte[1 << 20]), 5);
        try (GrpcSocket socket = new GrpcSocket(server.port(), GRPCInferenceServiceGrpc.getModelInferMethod())) {
            socket.acknowledge();
            socket.data(prefix);
            for (int frame = 0; frame < 500_000; frame++) {
                socket.data(new byte[1]);
            }
            socket.flush();
            socket.awaitEnd();
        }
        await().untilAsserted(() -> assertThat(overloads()).isEqualTo(before + 1));
        await().untilAsserted(() -> assertThat(admission.budget().held()).isZero());
    }

    private double overloads() {
        return given().get(management.resolve("/q/metrics"))
                .asString()
                .lines()
                .filter(line ->
                        line.startsWith("catwalk_inference_seconds_count") && line.contains("outcome=\"overloaded\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void cutsAMessageThatArrivesByteByByte() throws IOException {
        byte[] message = GrpcSocket.framed(
                raw("FP32", floats(TinyModel.image(1))).build().toByteArray());
        try (GrpcSocket socket = new GrpcSocket(server.port(), GRPCInferenceServiceGrpc.getModelInferMethod());
                ExecutorService sender = Executors.newVirtualThreadPerTaskExecutor()) {
            long started = System.nanoTime();
            Future<?> sending = sender.submit(() -> {
                for (byte next : message) {
                    socket.data(new byte[] {next});
                    socket.flush();
                    LockSupport.parkNanos(10_000_000);
                }
                return null;
            });
            socket.awaitEnd();
            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
            sending.cancel(true);
        }
        await().untilAsserted(() -> assertThat(admission.budget().held()).isZero());
    }

    @Test
    void refusesAMessageThatDoesntEnd() {
        AtomicReference<Status> closed = new AtomicReference<>();
        ClientCall<ModelInferRequest, ModelInferResponse> call =
                channel.newCall(GRPCInferenceServiceGrpc.getModelInferMethod(), CallOptions.DEFAULT);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        closed.set(status);
                    }
                },
                new Metadata());
        call.sendMessage(raw("FP32", floats(TinyModel.image(1))).build());

        await().untilAsserted(() -> assertThat(closed.get()).isNotNull());
        assertThat(closed.get().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(closed.get().getDescription()).isEqualTo("the message took longer than 4000 ms to arrive");
    }
}
