package io.catwalk.conformance.fake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.catwalk.conformance.fake.GrpcFault.Request;
import io.catwalk.protocol.inference.GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase;
import io.catwalk.protocol.inference.InferParameter;
import io.catwalk.protocol.inference.InferStatistics;
import io.catwalk.protocol.inference.ModelConfig;
import io.catwalk.protocol.inference.ModelConfigRequest;
import io.catwalk.protocol.inference.ModelConfigResponse;
import io.catwalk.protocol.inference.ModelInferRequest;
import io.catwalk.protocol.inference.ModelInferRequest.InferInputTensor;
import io.catwalk.protocol.inference.ModelInferResponse;
import io.catwalk.protocol.inference.ModelInferResponse.InferOutputTensor;
import io.catwalk.protocol.inference.ModelInput;
import io.catwalk.protocol.inference.ModelMetadataRequest;
import io.catwalk.protocol.inference.ModelMetadataResponse;
import io.catwalk.protocol.inference.ModelMetadataResponse.TensorMetadata;
import io.catwalk.protocol.inference.ModelOutput;
import io.catwalk.protocol.inference.ModelReadyRequest;
import io.catwalk.protocol.inference.ModelReadyResponse;
import io.catwalk.protocol.inference.ModelStatistics;
import io.catwalk.protocol.inference.ModelStatisticsRequest;
import io.catwalk.protocol.inference.ModelStatisticsResponse;
import io.catwalk.protocol.inference.RepositoryIndexRequest;
import io.catwalk.protocol.inference.RepositoryIndexResponse;
import io.catwalk.protocol.inference.RepositoryIndexResponse.ModelIndex;
import io.catwalk.protocol.inference.ServerLiveRequest;
import io.catwalk.protocol.inference.ServerLiveResponse;
import io.catwalk.protocol.inference.ServerMetadataRequest;
import io.catwalk.protocol.inference.ServerMetadataResponse;
import io.catwalk.protocol.inference.ServerReadyRequest;
import io.catwalk.protocol.inference.ServerReadyResponse;
import io.catwalk.protocol.inference.StatisticDuration;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;

/** The fake model over gRPC, whose answers may be falsified. */
public final class FakeGrpcServer extends GRPCInferenceServiceImplBase implements AutoCloseable {
    private static final List<Long> INPUT_SHAPE = List.of(-1L, 3L);
    private static final List<Long> OUTPUT_SHAPE = List.of(-1L, 2L);

    private final Server server;
    private final Optional<GrpcFault> fault;
    private final AtomicLong requests = new AtomicLong();

    public FakeGrpcServer(Optional<GrpcFault> fault) throws IOException {
        this.fault = fault;
        this.server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(this)
                .build()
                .start();
    }

    public String address() {
        return "localhost:" + server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    @Override
    public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> to) {
        answer(to, () -> ServerLiveResponse.newBuilder().setLive(true).build());
    }

    @Override
    public void serverReady(ServerReadyRequest request, StreamObserver<ServerReadyResponse> to) {
        answer(to, () -> ServerReadyResponse.newBuilder().setReady(true).build());
    }

    @Override
    public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> to) {
        answer(to, () -> {
            requireModel(request.getName(), request.getVersion());
            return ModelReadyResponse.newBuilder().setReady(true).build();
        });
    }

    @Override
    public void serverMetadata(ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> to) {
        answer(
                to,
                () -> ServerMetadataResponse.newBuilder()
                        .setName("fake")
                        .setVersion("1")
                        .build());
    }

    @Override
    public void modelMetadata(ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> to) {
        answer(to, () -> {
            requireModel(request.getName(), request.getVersion());
            return ModelMetadataResponse.newBuilder()
                    .setName(FakeModel.NAME)
                    .setPlatform("java")
                    .addInputs(tensor(FakeModel.INPUT, INPUT_SHAPE))
                    .addOutputs(tensor(FakeModel.OUTPUT, OUTPUT_SHAPE))
                    .build();
        });
    }

    @Override
    public void modelConfig(ModelConfigRequest request, StreamObserver<ModelConfigResponse> to) {
        answer(
                to,
                () -> ModelConfigResponse.newBuilder()
                        .setConfig(ModelConfig.newBuilder()
                                .setName(FakeModel.NAME)
                                .addInput(ModelInput.newBuilder().setName(FakeModel.INPUT))
                                .addOutput(ModelOutput.newBuilder().setName(FakeModel.OUTPUT)))
                        .build());
    }

    @Override
    public void modelStatistics(ModelStatisticsRequest request, StreamObserver<ModelStatisticsResponse> to) {
        answer(
                to,
                () -> ModelStatisticsResponse.newBuilder()
                        .addModelStats(ModelStatistics.newBuilder()
                                .setName(FakeModel.NAME)
                                .setInferenceStats(InferStatistics.newBuilder()
                                        .setSuccess(
                                                StatisticDuration.newBuilder().setCount(requests.get()))))
                        .build());
    }

    @Override
    public void repositoryIndex(RepositoryIndexRequest request, StreamObserver<RepositoryIndexResponse> to) {
        answer(
                to,
                () -> RepositoryIndexResponse.newBuilder()
                        .addModels(
                                ModelIndex.newBuilder().setName(FakeModel.NAME).setState("READY"))
                        .build());
    }

    @Override
    public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> to) {
        answer(to, () -> infer(request));
    }

    private ModelInferResponse infer(ModelInferRequest request) {
        requireModel(request.getModelName(), request.getModelVersion());
        require(request.getInputsCount() == 1, "one input");
        InferInputTensor input = request.getInputs(0);
        require(input.getName().equals(FakeModel.INPUT) && input.getDatatype().equals("FP32"), "x of FP32");
        require(input.getShapeCount() == 2 && input.getShape(0) > 0 && input.getShape(1) == 3, "the shape is [n,3]");
        List<Double> values = values(request, input);
        require(values.size() == input.getShape(0) * FakeModel.WIDTH, "as many elements as the shape says");
        require(
                request.getOutputsList().stream()
                        .allMatch(output -> output.getName().equals(FakeModel.OUTPUT)),
                "the output is y");
        requests.incrementAndGet();
        long classes = request.getOutputsCount() == 0
                ? 0
                : request.getOutputs(0)
                        .getParametersOrDefault("classification", InferParameter.getDefaultInstance())
                        .getInt64Param();
        List<double[]> rows = FakeModel.outputs(values);
        return ModelInferResponse.newBuilder()
                .setModelName(FakeModel.NAME)
                .setModelVersion(FakeModel.VERSION)
                .setId(request.getId())
                .addOutputs(InferOutputTensor.newBuilder()
                        .setName(FakeModel.OUTPUT)
                        .setDatatype(classes > 0 ? "BYTES" : "FP32")
                        .addShape(rows.size())
                        .addShape(2))
                .addRawOutputContents(classes > 0 ? classes(rows) : floats(rows))
                .build();
    }

    private List<Double> values(ModelInferRequest request, InferInputTensor input) {
        boolean raw = request.getRawInputContentsCount() > 0;
        if (!raw) {
            require(!refuses(Request.TYPED), "typed contents");
            return input.getContents().getFp32ContentsList().stream()
                    .map(Float::doubleValue)
                    .toList();
        }
        require(!refuses(Request.RAW), "raw contents");
        require(!input.hasContents() && request.getRawInputContentsCount() == 1, "either raw or typed contents");
        ByteBuffer bytes = request.getRawInputContents(0).asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        require(bytes.remaining() % Float.BYTES == 0, "whole elements");
        List<Double> values = new ArrayList<>();
        while (bytes.hasRemaining()) {
            values.add((double) bytes.getFloat());
        }
        return values;
    }

    private static ByteString floats(List<double[]> rows) {
        ByteBuffer bytes = ByteBuffer.allocate(rows.size() * 2 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        rows.forEach(row -> bytes.putFloat((float) row[0]).putFloat((float) row[1]));
        return ByteString.copyFrom(bytes.array());
    }

    private static ByteString classes(List<double[]> rows) {
        return rows.stream()
                .flatMap(row -> FakeV2.ranked(row).stream())
                .map(text -> ByteString.copyFrom(FakeV2.lengthAndText(text)))
                .reduce(ByteString.EMPTY, ByteString::concat);
    }

    private static TensorMetadata tensor(String name, List<Long> shape) {
        return TensorMetadata.newBuilder()
                .setName(name)
                .setDatatype("FP32")
                .addAllShape(shape)
                .build();
    }

    private void requireModel(String name, String version) {
        boolean known = name.equals(FakeModel.NAME)
                && (version.isEmpty() || version.equals(FakeModel.VERSION) && !refuses(Request.VERSION));
        if (!known) {
            throw Status.NOT_FOUND.withDescription("no such model or version").asRuntimeException();
        }
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw Status.INVALID_ARGUMENT.withDescription(message).asRuntimeException();
        }
    }

    private boolean refuses(Request request) {
        return fault.filter(wrong -> wrong.refuses(request)).isPresent();
    }

    private <T extends Message> void answer(StreamObserver<T> to, Supplier<T> right) {
        try {
            T message = right.get();
            @SuppressWarnings("unchecked")
            T sent = (T) fault.map(wrong -> wrong.answer(message)).orElse(message);
            to.onNext(sent);
            to.onCompleted();
        } catch (StatusRuntimeException e) {
            Status status = fault.map(wrong -> wrong.status(e.getStatus())).orElse(e.getStatus());
            to.onError(status.asRuntimeException());
        }
    }
}
