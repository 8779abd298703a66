package io.catwalk.serving.protocol.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import com.google.protobuf.ByteString;
import io.catwalk.protocol.inference.InferParameter;
import io.catwalk.protocol.inference.InferTensorContents;
import io.catwalk.protocol.inference.ModelConfigRequest;
import io.catwalk.protocol.inference.ModelInferRequest;
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
import io.catwalk.serving.TinyModel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Open Inference v2 over gRPC, and what describes the service. */
@QuarkusTest
@TestProfile(ServiceProfile.class)
class GrpcInferenceTest extends OverGrpc {
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
        given().get(management.resolve("/q/metrics")).then().body(containsString("protocol=\"v2-grpc\""));
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

    private boolean ready(String model, String version) {
        return inference
                .modelReady(ModelReadyRequest.newBuilder()
                        .setName(model)
                        .setVersion(version)
                        .build())
                .getReady();
    }
}
