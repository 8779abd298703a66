package io.catwalk.serving.protocol.v2;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import io.catwalk.protocol.inference.GRPCInferenceServiceGrpc;
import io.catwalk.protocol.inference.ModelConfigRequest;
import io.catwalk.protocol.inference.ModelConfigResponse;
import io.catwalk.protocol.inference.ModelInferRequest;
import io.catwalk.protocol.inference.ModelInferResponse;
import io.catwalk.protocol.inference.ModelMetadataRequest;
import io.catwalk.protocol.inference.ModelReadyRequest;
import io.catwalk.protocol.inference.ModelReadyResponse;
import io.catwalk.protocol.inference.ModelStatisticsRequest;
import io.catwalk.protocol.inference.ModelStatisticsResponse;
import io.catwalk.protocol.inference.RepositoryIndexRequest;
import io.catwalk.protocol.inference.RepositoryIndexResponse;
import io.catwalk.protocol.inference.RepositoryIndexResponse.ModelIndex;
import io.catwalk.protocol.inference.ServerLiveResponse;
import io.catwalk.protocol.inference.ServerMetadataResponse;
import io.catwalk.protocol.inference.ServerReadyResponse;
import io.catwalk.serving.loading.LoadedModel;
import io.catwalk.serving.loading.ModelReference;
import io.catwalk.serving.loading.ServedModels;
import io.catwalk.serving.loading.StableReadiness;
import io.catwalk.serving.protocol.exchange.Call;
import io.catwalk.serving.protocol.exchange.Decoded;
import io.catwalk.serving.protocol.grpc.GrpcCaller;
import io.catwalk.serving.protocol.grpc.GrpcExchange;
import io.catwalk.serving.protocol.grpc.GrpcService;
import io.catwalk.serving.protocol.grpc.Versions;
import io.catwalk.serving.protocol.image.EncodedPictures;
import io.catwalk.serving.protocol.image.PictureReader;
import io.catwalk.serving.queue.QueueConfig;
import io.catwalk.serving.refusal.RefusedException;
import io.grpc.ServerServiceDefinition;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The Open Inference Protocol over gRPC, as Triton's clients speak it. What is loaded is decided by labels and settings alone. */
@Singleton
public final class GrpcInference implements GrpcService {
    private static final String NAME = "v2-grpc";

    private final GrpcExchange exchange;
    private final ServedModels models;
    private final StableReadiness readiness;
    private final QueueConfig queue;
    private final PictureReader pictures;
    private final String version;

    public GrpcInference(
            GrpcExchange exchange,
            ServedModels models,
            StableReadiness readiness,
            QueueConfig queue,
            PictureReader pictures,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.exchange = exchange;
        this.models = models;
        this.readiness = readiness;
        this.queue = queue;
        this.pictures = pictures;
        this.version = version;
    }

    @Override
    public ServerServiceDefinition definition() {
        return exchange.methodsOf(GRPCInferenceServiceGrpc.getServiceDescriptor())
                .open(
                        GRPCInferenceServiceGrpc.getServerLiveMethod(),
                        request -> ServerLiveResponse.newBuilder().setLive(true).build())
                .open(
                        GRPCInferenceServiceGrpc.getServerReadyMethod(),
                        request -> ServerReadyResponse.newBuilder()
                                .setReady(readiness.ready())
                                .build())
                .query(
                        GRPCInferenceServiceGrpc.getModelReadyMethod(),
                        ModelReadyRequest::getName,
                        request -> ready(reference(request.getName(), request.getVersion())))
                .query(GRPCInferenceServiceGrpc.getServerMetadataMethod(), request -> metadata())
                .query(
                        GRPCInferenceServiceGrpc.getModelMetadataMethod(),
                        ModelMetadataRequest::getName,
                        request -> with(
                                reference(request.getName(), request.getVersion()),
                                loaded -> ModelMessages.metadata(
                                        loaded,
                                        models.versions(loaded.version().model().value()))))
                .query(
                        GRPCInferenceServiceGrpc.getModelConfigMethod(),
                        ModelConfigRequest::getName,
                        request -> with(
                                reference(request.getName(), request.getVersion()),
                                loaded -> ModelConfigResponse.newBuilder()
                                        .setConfig(ModelMessages.config(loaded, queue.maxBatch()))
                                        .build()))
                .query(
                        GRPCInferenceServiceGrpc.getModelStatisticsMethod(),
                        ModelStatisticsRequest::getName,
                        this::statistics)
                .query(GRPCInferenceServiceGrpc.getRepositoryIndexMethod(), this::index)
                .predict(
                        GRPCInferenceServiceGrpc.getModelInferMethod(),
                        NAME,
                        request -> Versions.of(request.getModelName(), request.getModelVersion(), "model_version"),
                        this::decode)
                .build();
    }

    private Decoded<ModelInferResponse> decode(ModelInferRequest message, Call call) {
        InferRequest request = new InferMessageReader(
                        call.signature(), call.maxImages(), EncodedPictures.of(pictures, call))
                .read(message);
        boolean raw = message.getRawInputContentsCount() > 0;
        return new Decoded<>(
                request.images(),
                probabilities -> new InferMessage(call.version(), call.signature(), request, probabilities).write(raw));
    }

    private static ModelReference reference(String model, String version) {
        return Versions.of(model, version, "version");
    }

    private ModelReadyResponse ready(ModelReference reference) {
        boolean ready;
        try {
            ready = with(reference, loaded -> true);
        } catch (RefusedException e) {
            ready = false;
        }
        return ModelReadyResponse.newBuilder().setReady(ready).build();
    }

    private ServerMetadataResponse metadata() {
        return ServerMetadataResponse.newBuilder()
                .setName(ServerResource.NAME)
                .setVersion(version)
                .addAllExtensions(ServerResource.EXTENSIONS)
                .build();
    }

    private ModelStatisticsResponse statistics(ModelStatisticsRequest request) {
        if (!request.getVersion().isEmpty()) {
            return with(
                    reference(request.getName(), request.getVersion()),
                    loaded -> ModelMessages.statistics(List.of(loaded)));
        }
        if (request.getName().isEmpty()) {
            return ModelMessages.statistics(visible()
                    .flatMap(model -> models.loaded(model).values().stream())
                    .toList());
        }
        Collection<LoadedModel> loaded = models.loaded(request.getName()).values();
        if (loaded.isEmpty()) {
            throw models.notLoaded(new ModelReference.Stable(request.getName()));
        }
        return ModelMessages.statistics(loaded);
    }

    /** Loaded versions alone are in it, which are ready. */
    private RepositoryIndexResponse index(RepositoryIndexRequest request) {
        RepositoryIndexResponse.Builder index = RepositoryIndexResponse.newBuilder();
        for (String model : visible().toList()) {
            for (long number : models.versions(model)) {
                index.addModels(ModelIndex.newBuilder()
                        .setName(model)
                        .setVersion(Long.toString(number))
                        .setState("READY"));
            }
        }
        return index.build();
    }

    /** The models that the current call's caller may see. */
    private Stream<String> visible() {
        return models.names().stream().filter(GrpcCaller.current()::maySee);
    }

    private <T> T with(ModelReference reference, Function<LoadedModel, T> use) {
        LoadedModel loaded = models.acquire(reference);
        try {
            return use.apply(loaded);
        } finally {
            loaded.release();
        }
    }
}
