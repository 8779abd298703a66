package io.catwalk.serving.protocol.v2;

import java.util.Collection;
import java.util.List;

import io.catwalk.protocol.inference.DataType;
import io.catwalk.protocol.inference.InferStatistics;
import io.catwalk.protocol.inference.ModelConfig;
import io.catwalk.protocol.inference.ModelInput;
import io.catwalk.protocol.inference.ModelMetadataResponse;
import io.catwalk.protocol.inference.ModelMetadataResponse.TensorMetadata;
import io.catwalk.protocol.inference.ModelOutput;
import io.catwalk.protocol.inference.ModelStatistics;
import io.catwalk.protocol.inference.ModelStatisticsResponse;
import io.catwalk.protocol.inference.StatisticDuration;
import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.loading.LoadedModel;
import io.catwalk.serving.queue.InferenceMetrics.Phase;
import io.catwalk.serving.queue.Statistics;

/** What the protocol's messages say about loaded versions. */
final class ModelMessages {
    private static final long VARIABLE = -1;

    private ModelMessages() {}

    static ModelMetadataResponse metadata(LoadedModel loaded, List<Long> versions) {
        Signature signature = loaded.engine().signature();
        return ModelMetadataResponse.newBuilder()
                .setName(loaded.version().model().value())
                .addAllVersions(versions.stream().map(String::valueOf).toList())
                .setPlatform(loaded.engine().kind().platform())
                .addInputs(TensorMetadata.newBuilder()
                        .setName(signature.input())
                        .setDatatype("FP32")
                        .addShape(VARIABLE)
                        .addAllShape(dimensions(signature)))
                .addOutputs(TensorMetadata.newBuilder()
                        .setName(signature.output())
                        .setDatatype("FP32")
                        .addShape(VARIABLE)
                        .addShape(signature.classes()))
                .build();
    }

    static ModelConfig config(LoadedModel loaded, int maxBatch) {
        Signature signature = loaded.engine().signature();
        return ModelConfig.newBuilder()
                .setName(loaded.version().model().value())
                .setPlatform(loaded.engine().kind().platform())
                .setMaxBatchSize(maxBatch)
                .addInput(ModelInput.newBuilder()
                        .setName(signature.input())
                        .setDataType(DataType.TYPE_FP32)
                        .addAllDims(dimensions(signature)))
                .addOutput(ModelOutput.newBuilder()
                        .setName(signature.output())
                        .setDataType(DataType.TYPE_FP32)
                        .addDims(signature.classes()))
                .build();
    }

    static ModelStatisticsResponse statistics(Collection<LoadedModel> loaded) {
        return ModelStatisticsResponse.newBuilder()
                .addAllModelStats(loaded.stream().map(ModelMessages::statistics).toList())
                .build();
    }

    private static ModelStatistics statistics(LoadedModel loaded) {
        Statistics statistics = loaded.served().statistics();
        return ModelStatistics.newBuilder()
                .setName(loaded.version().model().value())
                .setVersion(Long.toString(loaded.version().version()))
                .setLastInference(statistics.lastInferenceMillis())
                .setInferenceCount(statistics.executions().total())
                .setExecutionCount(statistics.executions().count())
                .setInferenceStats(InferStatistics.newBuilder()
                        .setSuccess(duration(statistics.success()))
                        .setFail(duration(statistics.fail()))
                        .setQueue(duration(statistics.phase(Phase.QUEUE)))
                        .setComputeInput(duration(statistics.phase(Phase.PREPROCESS)))
                        .setComputeInfer(duration(statistics.phase(Phase.INFER)))
                        .setComputeOutput(duration(statistics.phase(Phase.POSTPROCESS))))
                .build();
    }

    private static List<Long> dimensions(Signature signature) {
        return List.of(
                (long) signature.image().height(), (long) signature.image().width(), (long)
                        signature.image().channels());
    }

    private static StatisticDuration duration(Statistics.Sum sum) {
        return StatisticDuration.newBuilder()
                .setCount(sum.count())
                .setNs(sum.total())
                .build();
    }
}
