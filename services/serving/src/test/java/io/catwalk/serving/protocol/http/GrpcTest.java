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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

import com.google.protobuf.ByteString;
import com.google.protobuf.Int64Value;
import com.google.protobuf.InvalidProtocolBufferException;
import io.catwalk.objectstore.Digest;
import io.catwalk.protocol.inference.GRPCInferenceServiceGrpc;
import io.catwalk.protocol.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.catwalk.protocol.inference.InferParameter;
import io.catwalk.protocol.inference.InferTensorContents;
import io.catwalk.protocol.inference.ModelConfigRequest;
import io.catwalk.protocol.inference.ModelInferRequest;
import io.catwalk.protocol.inference.ModelInferRequest.InferInputTensor;
import io.catwalk.protocol.inference.ModelInferRequest.InferRequestedOutputTensor;
import io.catwalk.protocol.inference.ModelInferResponse;
import io.catwalk.protocol.inference.ModelMetadataRequest;
import io.catwalk.protocol.inference.ModelReadyRequest;
import io.catwalk.protocol.inference.ModelStatisticsRequest;
import io.catwalk.protocol.inference.RepositoryIndexRequest;
import io.catwalk.protocol.inference.RepositoryModelLoadRequest;
import io.catwalk.protocol.inference.ServerLiveRequest;
import io.catwalk.protocol.inference.ServerMetadataRequest;
import io.catwalk.protocol.inference.ServerReadyRequest;
import io.catwalk.protocol.tensorflow.BytesList;
import io.catwalk.protocol.tensorflow.DataType;
import io.catwalk.protocol.tensorflow.Example;
import io.catwalk.protocol.tensorflow.Feature;
import io.catwalk.protocol.tensorflow.Features;
import io.catwalk.protocol.tensorflow.FloatList;
import io.catwalk.protocol.tensorflow.TensorProto;
import io.catwalk.protocol.tensorflow.TensorShapeProto;
import io.catwalk.protocol.tensorflow.TensorShapeProto.Dim;
import io.catwalk.protocol.tensorflow.serving.ClassificationRequest;
import io.catwalk.protocol.tensorflow.serving.ExampleList;
import io.catwalk.protocol.tensorflow.serving.GetModelMetadataRequest;
import io.catwalk.protocol.tensorflow.serving.GetModelStatusRequest;
import io.catwalk.protocol.tensorflow.serving.Input;
import io.catwalk.protocol.tensorflow.serving.ModelServiceGrpc;
import io.catwalk.protocol.tensorflow.serving.ModelSpec;
import io.catwalk.protocol.tensorflow.serving.ModelVersionStatus.State;
import io.catwalk.protocol.tensorflow.serving.PredictRequest;
import io.catwalk.protocol.tensorflow.serving.PredictResponse;
import io.catwalk.protocol.tensorflow.serving.PredictionServiceGrpc;
import io.catwalk.protocol.tensorflow.serving.PredictionServiceGrpc.PredictionServiceBlockingStub;
import io.catwalk.protocol.tensorflow.serving.SignatureDefMap;
import io.catwalk.serving.TinyModel;
import io.catwalk.serving.protocol.admission.Admission;
import io.catwalk.serving.protocol.admission.Hold;
import io.catwalk.serving.protocol.grpc.GrpcServer;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(ServiceProfile.class)
class GrpcTest {
    private static final int PIXELS = 784;
    private static final int STRIP = 3;

    @Inject
    PublishedModels models;

    @Inject
    GrpcServer server;

    @Inject
    Admission admission;

    private Digest digest;
    private ManagedChannel channel;
    private GRPCInferenceServiceBlockingStub inference;
    private PredictionServiceBlockingStub prediction;

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

    @Test
    void answersRawAsRawAndNamesWhatAnswered() {
        AtomicReference<Metadata> headers = new AtomicReference<>();
        ModelInferResponse response = inference
                .withInterceptors(MetadataUtils.newCaptureMetadataInterceptor(headers, new AtomicReference<>()))
                .modelInfer(
                        raw("FP32", floats(TinyModel.image(STRIP))).setId("7").build());

        assertThat(best(response)).isEqualTo(STRIP);
        assertThat(response.getId()).isEqualTo("7");
        assertThat(response.getModelName()).isEqualTo("fashion");
        assertThat(response.getModelVersion()).isEqualTo("1");
        assertThat(response.getParametersMap().get("digest").getStringParam()).isEqualTo(digest.toString());
        assertThat(response.getOutputs(0).getShapeList()).containsExactly(1L, 10L);
        assertThat(response.getOutputs(0).hasContents()).isFalse();
        assertThat(header(headers.get(), "catwalk-model")).isEqualTo("fashion");
        assertThat(header(headers.get(), "catwalk-version")).isEqualTo("1");
        assertThat(header(headers.get(), "catwalk-digest")).isEqualTo(digest.toString());
        assertThat(header(headers.get(), "catwalk-engine")).isEqualTo("tensorflow");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UINT8", "UINT16", "UINT32", "UINT64", "INT8", "INT16", "INT32", "INT64", "FP16", "BF16", "FP32", "FP64"
            })
    void readsEachDatatypeRawAndTyped(String datatype) {
        ByteBuffer bytes = ByteBuffer.allocate(PIXELS * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        InferTensorContents.Builder typed = InferTensorContents.newBuilder();
        for (float value : TinyModel.image(STRIP)) {
            int pixel = Math.round(value * 127);
            switch (datatype) {
                case "UINT8", "INT8" -> bytes.put((byte) pixel);
                case "UINT16", "INT16" -> bytes.putShort((short) pixel);
                case "UINT32", "INT32" -> bytes.putInt(pixel);
                case "UINT64", "INT64" -> bytes.putLong(pixel);
                case "FP16" -> bytes.putShort(Float.floatToFloat16(value));
                case "BF16" -> bytes.putShort((short) (Float.floatToIntBits(value) >>> 16));
                case "FP32" -> bytes.putFloat(value);
                case "FP64" -> bytes.putDouble(value);
                default -> throw new IllegalArgumentException(datatype);
            }
            switch (datatype) {
                case "UINT8", "UINT16", "UINT32" -> typed.addUintContents(pixel);
                case "INT8", "INT16", "INT32" -> typed.addIntContents(pixel);
                case "UINT64" -> typed.addUint64Contents(pixel);
                case "INT64" -> typed.addInt64Contents(pixel);
                case "FP64" -> typed.addFp64Contents(value);
                default -> typed.addFp32Contents(value);
            }
        }
        byte[] content = new byte[bytes.position()];
        bytes.get(0, content);

        ModelInferResponse raw = inference.modelInfer(raw(datatype, content).build());
        assertThat(best(raw)).isEqualTo(STRIP);
        ModelInferRequest.Builder request = typed(datatype, typed);
        if (datatype.equals("FP16") || datatype.equals("BF16")) {
            refused(request, Status.Code.INVALID_ARGUMENT, "has no list for the datatype " + datatype);
        } else {
            ModelInferResponse answer = inference.modelInfer(request.build());
            assertThat(answer.getRawOutputContentsCount()).isZero();
            assertThat(answer.getOutputs(0).getContents().getFp32ContentsList()).isEqualTo(probabilities(raw));
        }
    }

    @Test
    void readsPicturesAndNamesTheBestClasses() {
        byte[] picture = TinyModel.png(STRIP);
        InferRequestedOutputTensor.Builder output = InferRequestedOutputTensor.newBuilder()
                .setName("probabilities")
                .putParameters(
                        "classification",
                        InferParameter.newBuilder().setInt64Param(2).build());
        ModelInferRequest.Builder typed = request("BYTES", 2).addOutputs(output);
        typed.getInputsBuilder(0)
                .getContentsBuilder()
                .addBytesContents(ByteString.copyFrom(picture))
                .addBytesContents(ByteString.copyFrom(picture));

        List<ByteString> strings =
                inference.modelInfer(typed.build()).getOutputs(0).getContents().getBytesContentsList();
        assertThat(strings).hasSize(4);
        assertThat(strings.getFirst().toStringUtf8()).endsWith(":" + STRIP + ":" + TinyModel.LABELS.get(STRIP));

        byte[] element = ByteBuffer.allocate(Integer.BYTES + picture.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(picture.length)
                .put(picture)
                .array();
        ModelInferResponse raw = inference.modelInfer(request("BYTES", 1)
                .addRawInputContents(ByteString.copyFrom(element))
                .addOutputs(output)
                .build());
        ByteBuffer answer = raw.getRawOutputContents(0).asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        byte[] first = new byte[answer.getInt()];
        answer.get(first);
        assertThat(new String(first, StandardCharsets.UTF_8))
                .isEqualTo(strings.getFirst().toStringUtf8());
    }

    @Test
    void tellsWhatV2TellsOverHttp() {
        inference.modelInfer(raw("FP32", floats(TinyModel.image(1))).build());

        assertThat(inference.serverLive(ServerLiveRequest.getDefaultInstance()).getLive())
                .isTrue();
        assertThat(inference
                        .serverReady(ServerReadyRequest.getDefaultInstance())
                        .getReady())
                .isTrue();
        assertThat(inference
                        .serverMetadata(ServerMetadataRequest.getDefaultInstance())
                        .getExtensionsList())
                .contains("classification");
        assertThat(ready("fashion", "")).isTrue();
        assertThat(ready("fashion", "9")).isFalse();
        assertThat(ready("nothing", "")).isFalse();
        assertThat(inference
                        .modelMetadata(ModelMetadataRequest.newBuilder()
                                .setName("fashion")
                                .build())
                        .getInputs(0)
                        .getShapeList())
                .containsExactly(-1L, 28L, 28L, 1L);
        assertThat(inference
                        .modelConfig(ModelConfigRequest.newBuilder()
                                .setName("fashion")
                                .build())
                        .getConfig()
                        .getMaxBatchSize())
                .isEqualTo(64);
        assertThat(inference
                        .modelStatistics(ModelStatisticsRequest.newBuilder()
                                .setName("fashion")
                                .setVersion("1")
                                .build())
                        .getModelStats(0)
                        .getInferenceStats()
                        .getSuccess()
                        .getCount())
                .isPositive();
        assertThat(inference
                        .repositoryIndex(RepositoryIndexRequest.getDefaultInstance())
                        .getModelsList())
                .anyMatch(model ->
                        model.getName().equals("fashion") && model.getState().equals("READY"));
        assertThatThrownBy(() -> inference.repositoryModelLoad(RepositoryModelLoadRequest.getDefaultInstance()))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED));
        await().untilAsserted(() -> assertThat(HealthGrpc.newBlockingStub(channel)
                        .check(HealthCheckRequest.newBuilder()
                                .setService("inference.GRPCInferenceService")
                                .build())
                        .getStatus())
                .isEqualTo(ServingStatus.SERVING));
        given().get("/q/metrics").then().body(containsString("protocol=\"v2-grpc\""));
    }

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
                "inputs[0], element 0: the picture must be a PNG or JPEG");
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
    void releasesTheMemoryOfMessages() {
        for (int call = 0; call < 20; call++) {
            assertThatThrownBy(() ->
                            inference.modelInfer(raw("FP32", new byte[7 << 20]).build()))
                    .isInstanceOf(StatusRuntimeException.class)
                    .hasMessageContaining("must have 3136 bytes");
        }
        await().untilAsserted(() ->
                given().get("/q/metrics").then().body(containsString("catwalk_http_body_memory_bytes 0.0")));
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

    private static void awaitOutcome(String outcome) {
        await().atMost(Duration.ofSeconds(3))
                .untilAsserted(() -> assertThat(given().get("/q/metrics")
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

    @Test
    void answersAsTensorFlowServing() throws InvalidProtocolBufferException {
        TensorProto content = tensor(DataType.DT_FLOAT, 1, PIXELS)
                .setTensorContent(ByteString.copyFrom(floats(TinyModel.image(STRIP))))
                .build();
        TensorProto.Builder values = tensor(DataType.DT_FLOAT, 1, 28, 28, 1);
        TensorProto.Builder integers = tensor(DataType.DT_UINT8, 1, 28, 28);
        TensorProto.Builder halves = tensor(DataType.DT_HALF, 1, PIXELS);
        for (float value : TinyModel.image(STRIP)) {
            values.addFloatVal(value);
            integers.addIntVal(Math.round(value * 255));
            halves.addHalfVal(Float.floatToFloat16(value));
        }
        TensorProto picture = tensor(DataType.DT_STRING, 1)
                .addStringVal(ByteString.copyFrom(TinyModel.png(STRIP)))
                .build();
        for (TensorProto input : List.of(content, values.build(), integers.build(), halves.build(), picture)) {
            PredictResponse response = prediction.predict(predict(input).build());
            assertThat(response.getModelSpec().getVersion().getValue()).isEqualTo(1);
            assertThat(response.getOutputsMap()).containsOnlyKeys("probabilities");
            assertThat(best(response.getOutputsOrThrow("probabilities").getFloatValList()))
                    .isEqualTo(STRIP);
        }
        PredictRequest.Builder labelled = predict(content).addOutputFilter("probabilities");
        labelled.getModelSpecBuilder().setVersionLabel("stable").setSignatureName("serving_default");
        assertThat(prediction.predict(labelled.build()).getOutputsCount()).isEqualTo(1);
        labelled.getModelSpecBuilder().setVersion(Int64Value.of(9));
        refused(labelled.build(), Status.Code.NOT_FOUND, "version 9 of model 'fashion' is not loaded");
        refused(predict(content).addOutputFilter("logits").build(), Status.Code.INVALID_ARGUMENT, "output_filter");
        refused(
                predict(tensor(DataType.DT_FLOAT, 2, PIXELS).addFloatVal(0).build())
                        .build(),
                Status.Code.INVALID_ARGUMENT,
                "inputs['images'] must have tensor_content, or 1568 elements in float_val");
        SignatureDefMap signatures = prediction
                .getModelMetadata(GetModelMetadataRequest.newBuilder()
                        .setModelSpec(ModelSpec.newBuilder().setName("fashion"))
                        .addMetadataField("signature_def")
                        .build())
                .getMetadataOrThrow("signature_def")
                .unpack(SignatureDefMap.class);
        assertThat(signatures.getSignatureDefOrThrow("serving_default").getInputsMap())
                .containsOnlyKeys("images");
        assertThat(ModelServiceGrpc.newBlockingStub(channel)
                        .getModelStatus(GetModelStatusRequest.newBuilder()
                                .setModelSpec(ModelSpec.newBuilder().setName("fashion"))
                                .build())
                        .getModelVersionStatus(0)
                        .getState())
                .isEqualTo(State.AVAILABLE);
        given().get("/q/metrics").then().body(containsString("protocol=\"tfs-grpc\""));
    }

    @Test
    void reflectionDescribesTheServices() throws InterruptedException {
        BlockingQueue<ServerReflectionResponse> responses = new LinkedBlockingQueue<>();
        StreamObserver<ServerReflectionRequest> requests = ServerReflectionGrpc.newStub(channel)
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse response) {
                        responses.add(response);
                    }

                    @Override
                    public void onError(Throwable error) {}

                    @Override
                    public void onCompleted() {}
                });
        requests.onNext(ServerReflectionRequest.newBuilder()
                .setFileContainingSymbol("inference.GRPCInferenceService.ModelInfer")
                .build());
        assertThat(responses
                        .poll(5, TimeUnit.SECONDS)
                        .getFileDescriptorResponse()
                        .getFileDescriptorProtoCount())
                .isPositive();
        requests.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
        assertThat(responses.poll(5, TimeUnit.SECONDS).getListServicesResponse().getServiceList())
                .extracting(ServiceResponse::getName)
                .contains("tensorflow.serving.PredictionService", "tensorflow.serving.ModelService");
        requests.onCompleted();
    }

    @Test
    void classifiesExamples() {
        FloatList.Builder floats = FloatList.newBuilder();
        for (float value : TinyModel.image(STRIP)) {
            floats.addValue(value);
        }
        ClassificationRequest request = ClassificationRequest.newBuilder()
                .setModelSpec(ModelSpec.newBuilder().setName("fashion"))
                .setInput(Input.newBuilder()
                        .setExampleList(ExampleList.newBuilder()
                                .addExamples(example(
                                        "image/encoded",
                                        Feature.newBuilder()
                                                .setBytesList(BytesList.newBuilder()
                                                        .addValue(ByteString.copyFrom(TinyModel.png(STRIP))))))
                                .addExamples(
                                        example("images", Feature.newBuilder().setFloatList(floats)))))
                .build();

        assertThat(prediction.classify(request).getResult().getClassificationsList())
                .hasSize(2)
                .allSatisfy(one -> {
                    assertThat(one.getClassesList()).hasSize(10);
                    assertThat(best(one.getClassesList().stream()
                                    .map(scored -> scored.getScore())
                                    .toList()))
                            .isEqualTo(STRIP);
                    assertThat(one.getClasses(STRIP).getLabel()).isEqualTo(TinyModel.LABELS.get(STRIP));
                });
    }

    private static Example example(String name, Feature.Builder feature) {
        return Example.newBuilder()
                .setFeatures(Features.newBuilder().putFeature(name, feature.build()))
                .build();
    }

    private static PredictRequest.Builder predict(TensorProto input) {
        return PredictRequest.newBuilder()
                .setModelSpec(ModelSpec.newBuilder().setName("fashion"))
                .putInputs("images", input);
    }

    private static TensorProto.Builder tensor(DataType type, long... shape) {
        TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
        for (long size : shape) {
            dimensions.addDim(Dim.newBuilder().setSize(size));
        }
        return TensorProto.newBuilder().setDtype(type).setTensorShape(dimensions);
    }

    private void refused(PredictRequest request, Status.Code code, String message) {
        StatusRuntimeException refusal =
                catchThrowableOfType(StatusRuntimeException.class, () -> prediction.predict(request));
        assertThat(refusal.getStatus().getCode()).isEqualTo(code);
        assertThat(refusal.getStatus().getDescription()).contains(message);
    }

    private void refused(ModelInferRequest.Builder request, Status.Code code, String message) {
        StatusRuntimeException refusal =
                catchThrowableOfType(StatusRuntimeException.class, () -> inference.modelInfer(request.build()));
        assertThat(refusal.getStatus().getDescription()).contains(message);
        assertThat(refusal.getStatus().getCode()).isEqualTo(code);
    }

    private boolean ready(String model, String version) {
        return inference
                .modelReady(ModelReadyRequest.newBuilder()
                        .setName(model)
                        .setVersion(version)
                        .build())
                .getReady();
    }

    private static ModelInferRequest.Builder raw(String datatype, byte[] content) {
        return request(datatype, 1, PIXELS).addRawInputContents(ByteString.copyFrom(content));
    }

    private static ModelInferRequest.Builder typed(String datatype, InferTensorContents.Builder contents) {
        ModelInferRequest.Builder request = request(datatype, 1, PIXELS);
        request.getInputsBuilder(0).setContents(contents);
        return request;
    }

    private static ModelInferRequest.Builder request(String datatype, long... shape) {
        InferInputTensor.Builder input =
                InferInputTensor.newBuilder().setName("images").setDatatype(datatype);
        for (long size : shape) {
            input.addShape(size);
        }
        return ModelInferRequest.newBuilder().setModelName("fashion").addInputs(input);
    }

    private static int best(ModelInferResponse raw) {
        return best(probabilities(raw));
    }

    private static int best(List<Float> probabilities) {
        return IntStream.range(0, probabilities.size())
                .reduce((best, index) -> probabilities.get(index) > probabilities.get(best) ? index : best)
                .getAsInt();
    }

    private static List<Float> probabilities(ModelInferResponse raw) {
        ByteBuffer bytes = raw.getRawOutputContents(0).asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        return IntStream.range(0, bytes.remaining() / Float.BYTES)
                .mapToObj(index -> bytes.getFloat(index * Float.BYTES))
                .toList();
    }

    private static byte[] floats(float[] values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return bytes.array();
    }

    private static String header(Metadata headers, String name) {
        return headers.get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    }
}
