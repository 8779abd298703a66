package io.catwalk.serving.protocol.tfs;

import java.util.List;
import java.util.function.Predicate;

import io.catwalk.protocol.tensorflow.error.Code;
import io.catwalk.protocol.tensorflow.serving.GetModelStatusRequest;
import io.catwalk.protocol.tensorflow.serving.GetModelStatusResponse;
import io.catwalk.protocol.tensorflow.serving.ModelServiceGrpc;
import io.catwalk.protocol.tensorflow.serving.ModelVersionStatus;
import io.catwalk.protocol.tensorflow.serving.ModelVersionStatus.State;
import io.catwalk.protocol.tensorflow.serving.StatusProto;
import io.catwalk.serving.loading.LoadBoard;
import io.catwalk.serving.loading.LoadedModel;
import io.catwalk.serving.loading.ModelReference;
import io.catwalk.serving.loading.ServedModels;
import io.catwalk.serving.loading.VersionStatus;
import io.catwalk.serving.protocol.grpc.GrpcExchange;
import io.catwalk.serving.protocol.grpc.GrpcService;
import io.catwalk.serving.refusal.RefusedException;
import io.catwalk.serving.refusal.Shown;
import io.grpc.ServerServiceDefinition;
import jakarta.inject.Singleton;

/** TensorFlow Serving's ModelService. */
@Singleton
public final class ModelStatusGrpc implements GrpcService {
    private final GrpcExchange exchange;
    private final ServedModels models;
    private final LoadBoard board;

    public ModelStatusGrpc(GrpcExchange exchange, ServedModels models, LoadBoard board) {
        this.exchange = exchange;
        this.models = models;
        this.board = board;
    }

    @Override
    public ServerServiceDefinition definition() {
        return exchange.methodsOf(ModelServiceGrpc.getServiceDescriptor())
                .query(
                        ModelServiceGrpc.getGetModelStatusMethod(),
                        request -> request.getModelSpec().getName(),
                        this::status)
                .build();
    }

    private GetModelStatusResponse status(GetModelStatusRequest request) {
        ModelReference reference = ModelSpecs.reference(request.getModelSpec());
        List<ModelVersionStatus> versions = board.versions(reference.model()).stream()
                .filter(wanted(reference))
                .map(ModelStatusGrpc::describe)
                .toList();
        if (versions.isEmpty()) {
            throw RefusedException.notFound(
                    "no " + what(reference) + " of model '" + Shown.of(reference.model()) + "' is known");
        }
        return GetModelStatusResponse.newBuilder()
                .addAllModelVersionStatus(versions)
                .build();
    }

    private Predicate<VersionStatus> wanted(ModelReference reference) {
        return switch (reference) {
            case ModelReference.Stable every -> status -> true;
            case ModelReference.Numbered numbered -> status -> status.version() == numbered.version();
            case ModelReference.Labelled labelled -> {
                LoadedModel loaded = models.labels(labelled.model()).get(labelled.label());
                yield status ->
                        loaded != null && status.version() == loaded.version().version();
            }
        };
    }

    private static String what(ModelReference reference) {
        return reference instanceof ModelReference.Stable ? "version" : reference.what();
    }

    private static ModelVersionStatus describe(VersionStatus status) {
        return switch (status.state()) {
            case LOADING -> describe(status, State.LOADING, Code.OK);
            case AVAILABLE -> describe(status, State.AVAILABLE, Code.OK);
            case DELAYED -> describe(status, State.START, Code.UNAVAILABLE);
            case REFUSED -> describe(status, State.END, Code.FAILED_PRECONDITION);
        };
    }

    private static ModelVersionStatus describe(VersionStatus status, State state, Code code) {
        return ModelVersionStatus.newBuilder()
                .setVersion(status.version())
                .setState(state)
                .setStatus(StatusProto.newBuilder()
                        .setErrorCode(code)
                        .setErrorMessage(code == Code.OK ? "" : status.message()))
                .build();
    }
}
