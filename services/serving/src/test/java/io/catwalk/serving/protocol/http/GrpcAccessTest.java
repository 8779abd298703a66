package io.catwalk.serving.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.catwalk.access.ApiKey;
import io.catwalk.protocol.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import io.catwalk.protocol.inference.ModelConfigRequest;
import io.catwalk.protocol.inference.ModelInferRequest;
import io.catwalk.protocol.inference.ModelMetadataRequest;
import io.catwalk.protocol.inference.ModelReadyRequest;
import io.catwalk.protocol.inference.ModelStatistics;
import io.catwalk.protocol.inference.ModelStatisticsRequest;
import io.catwalk.protocol.inference.RepositoryIndexRequest;
import io.catwalk.protocol.inference.RepositoryIndexResponse.ModelIndex;
import io.catwalk.protocol.inference.ServerLiveRequest;
import io.catwalk.protocol.inference.ServerLiveResponse;
import io.catwalk.protocol.inference.ServerReadyRequest;
import io.catwalk.protocol.inference.ServerReadyResponse;
import io.catwalk.protocol.tensorflow.serving.ClassificationRequest;
import io.catwalk.protocol.tensorflow.serving.GetModelMetadataRequest;
import io.catwalk.protocol.tensorflow.serving.GetModelStatusRequest;
import io.catwalk.protocol.tensorflow.serving.ModelServiceGrpc;
import io.catwalk.protocol.tensorflow.serving.ModelSpec;
import io.catwalk.protocol.tensorflow.serving.PredictRequest;
import io.catwalk.serving.LogCapture;
import io.catwalk.serving.TinyModel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what over gRPC. */
@QuarkusTest
@TestProfile(AccessProfile.class)
class GrpcAccessTest extends OverGrpc {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    @Inject
    MeterRegistry meters;

    private final LogCapture log = new LogCapture();

    @Override
    @BeforeEach
    void connect() {
        log.start();
        AccessTest.asAdmin(() -> {
            super.connect();
            models.serve("digits", 1, 0, 1);
        });
    }

    @AfterEach
    void noKeyIsLogged() {
        log.stop();
        AccessProfile.secrets().forEach(secret -> assertThat(log.text()).doesNotContain(secret));
    }

    @Test
    void healthIsOpen() {
        HealthGrpc.newBlockingStub(channel).check(HealthCheckRequest.getDefaultInstance());
    }

    /** As {@code /v2/health/*}: to who shows nothing, and to every key; without a word of models. */
    @Test
    void theProtocolsHealthIsOpen() {
        for (var stub : List.of(inference, as(AccessProfile.VIEWER), as(AccessProfile.PREDICTOR))) {
            assertThat(stub.serverLive(ServerLiveRequest.getDefaultInstance()))
                    .isEqualTo(ServerLiveResponse.newBuilder().setLive(true).build());
            assertThat(stub.serverReady(ServerReadyRequest.getDefaultInstance()))
                    .isEqualTo(ServerReadyResponse.newBuilder().setReady(true).build());
        }
    }

    @Test
    void refusalsOfARoleAndOfAModelAreCounted() {
        double before = forbidden();
        refused(Status.Code.PERMISSION_DENIED, () -> as(AccessProfile.VIEWER).modelInfer(infer("fashion")));
        refused(Status.Code.PERMISSION_DENIED, () -> as(AccessProfile.PREDICTOR).modelInfer(infer("digits")));
        refused(
                Status.Code.PERMISSION_DENIED,
                () -> as(AccessProfile.PREDICTOR)
                        .modelReady(
                                ModelReadyRequest.newBuilder().setName("digits").build()));
        as(AccessProfile.PREDICTOR)
                .modelReady(ModelReadyRequest.newBuilder().setName("fashion").build());

        assertThat(forbidden() - before).isEqualTo(3);
    }

    private double forbidden() {
        return meters.counter("catwalk.access.refused", "reason", "forbidden").count();
    }

    static Stream<String> bad() {
        return AccessTest.bad().filter(authorization -> !authorization.isEmpty());
    }

    @ParameterizedTest
    @MethodSource("bad")
    void whoShowsNoGoodKeyGetsNothing(String authorization) {
        refused(
                Status.Code.UNAUTHENTICATED,
                () -> inference
                        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata(authorization)))
                        .serverLive(ServerLiveRequest.getDefaultInstance()));
    }

    @Test
    void aMissingRoleIsNamed() {
        assertThat(refused(
                        Status.Code.PERMISSION_DENIED,
                        () -> as(AccessProfile.VIEWER).modelInfer(infer("fashion"))))
                .isEqualTo("this needs the role predictor, which key:viewer hasn't");
        as(AccessProfile.VIEWER)
                .modelMetadata(
                        ModelMetadataRequest.newBuilder().setName("digits").build());
    }

    @Test
    void aPredictorCallsTheModelsOfItsKeyAlone() {
        assertThat(best(as(AccessProfile.PREDICTOR).modelInfer(infer("fashion"))))
                .isEqualTo(STRIP);
        for (String other : List.of("digits", "nothing", "")) {
            assertThat(refused(
                            Status.Code.PERMISSION_DENIED,
                            () -> as(AccessProfile.PREDICTOR).modelInfer(infer(other))))
                    .isEqualTo("key:predictor may not call the model '" + other + "'");
        }
        var stub = with(prediction, AccessProfile.PREDICTOR);
        refused(
                Status.Code.PERMISSION_DENIED,
                () -> stub.predict(
                        PredictRequest.newBuilder().setModelSpec(spec("digits")).build()));
        refused(
                Status.Code.PERMISSION_DENIED,
                () -> stub.classify(ClassificationRequest.newBuilder()
                        .setModelSpec(spec("digits"))
                        .build()));
        refused(
                Status.Code.INVALID_ARGUMENT,
                () -> stub.predict(PredictRequest.newBuilder()
                        .setModelSpec(spec("fashion"))
                        .build()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fashion", "digits"})
    void aPredictorReadsTheModelsOfItsKeyAlone(String model) {
        var stub = as(AccessProfile.PREDICTOR);
        List<Runnable> reads = List.of(
                () -> stub.modelReady(
                        ModelReadyRequest.newBuilder().setName(model).build()),
                () -> stub.modelMetadata(
                        ModelMetadataRequest.newBuilder().setName(model).build()),
                () -> stub.modelConfig(
                        ModelConfigRequest.newBuilder().setName(model).build()),
                () -> stub.modelStatistics(
                        ModelStatisticsRequest.newBuilder().setName(model).build()),
                () -> with(prediction, AccessProfile.PREDICTOR)
                        .getModelMetadata(GetModelMetadataRequest.newBuilder()
                                .setModelSpec(spec(model))
                                .addMetadataField("signature_def")
                                .build()),
                () -> with(ModelServiceGrpc.newBlockingStub(channel), AccessProfile.PREDICTOR)
                        .getModelStatus(GetModelStatusRequest.newBuilder()
                                .setModelSpec(spec(model))
                                .build()));
        for (Runnable read : reads) {
            if (model.equals("fashion")) {
                read.run();
            } else {
                assertThat(refused(Status.Code.PERMISSION_DENIED, read::run))
                        .isEqualTo("key:predictor may not see the model 'digits'");
            }
        }
    }

    @Test
    void listsShowAPredictorTheModelsOfItsKeyAlone() {
        assertThat(index(AccessProfile.PREDICTOR)).contains("fashion").doesNotContain("digits");
        assertThat(index(AccessProfile.VIEWER)).contains("fashion", "digits");
        assertThat(statistics(AccessProfile.PREDICTOR)).contains("fashion").doesNotContain("digits");
        assertThat(statistics(AccessProfile.VIEWER)).contains("fashion", "digits");
    }

    @Test
    void aKeysRateIsBounded() {
        StatusRuntimeException limited = await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ZERO)
                .until(
                        () -> catchThrowableOfType(
                                StatusRuntimeException.class,
                                () -> as(AccessProfile.LIMITED).serverLive(ServerLiveRequest.getDefaultInstance())),
                        refusal -> refusal != null);

        assertThat(limited.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(limited.getStatus().getDescription()).isEqualTo("key:limited has used up its requests per second");
        assertThat(Integer.parseInt(header(limited.getTrailers(), "grpc-retry-pushback-ms")))
                .isBetween(1, 501);
    }

    private List<String> index(ApiKey key) {
        return as(key).repositoryIndex(RepositoryIndexRequest.getDefaultInstance()).getModelsList().stream()
                .map(ModelIndex::getName)
                .toList();
    }

    private List<String> statistics(ApiKey key) {
        return as(key).modelStatistics(ModelStatisticsRequest.getDefaultInstance()).getModelStatsList().stream()
                .map(ModelStatistics::getName)
                .toList();
    }

    private static ModelInferRequest infer(String model) {
        return raw("FP32", floats(TinyModel.image(STRIP))).setModelName(model).build();
    }

    private static ModelSpec spec(String model) {
        return ModelSpec.newBuilder().setName(model).build();
    }

    private GRPCInferenceServiceBlockingStub as(ApiKey key) {
        return with(inference, key);
    }

    private static <S extends AbstractStub<S>> S with(S stub, ApiKey key) {
        return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata(AccessProfile.bearer(key))));
    }

    private static Metadata metadata(String authorization) {
        Metadata metadata = new Metadata();
        metadata.put(AUTHORIZATION, authorization);
        return metadata;
    }

    private static String refused(Status.Code code, ThrowingCallable call) {
        StatusRuntimeException refusal = catchThrowableOfType(StatusRuntimeException.class, call);
        assertThat(refusal).isNotNull();
        assertThat(refusal.getStatus().getCode()).isEqualTo(code);
        return String.valueOf(refusal.getStatus().getDescription());
    }
}
