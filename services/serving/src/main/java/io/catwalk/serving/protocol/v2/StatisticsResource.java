package io.catwalk.serving.protocol.v2;

import static io.catwalk.serving.protocol.http.ModelPath.MODEL;
import static io.catwalk.serving.protocol.http.ModelPath.VERSION;

import java.util.Collection;
import java.util.List;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.catwalk.access.Caller;
import io.catwalk.access.Role;
import io.catwalk.chassis.access.CurrentCaller;
import io.catwalk.serving.loading.LoadedModel;
import io.catwalk.serving.loading.ModelReference;
import io.catwalk.serving.loading.ServedModels;
import io.catwalk.serving.protocol.http.ModelPath;
import io.catwalk.serving.queue.InferenceMetrics.Phase;
import io.catwalk.serving.queue.Statistics;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The routes of Triton's statistics extension. They cover all protocols and begin anew when a version is loaded. Source:
 * Triton, docs/protocol/extension_statistics.md.
 */
@Path("/v2/models")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Open Inference v2")
@RolesAllowed({Role.Names.VIEWER, Role.Names.PREDICTOR})
public class StatisticsResource {
    private final ServedModels models;
    private final CurrentCaller current;

    public StatisticsResource(ServedModels models, CurrentCaller current) {
        this.models = models;
        this.current = current;
    }

    @GET
    @Path("/stats")
    @Operation(summary = "What every loaded version that the caller may see has done since it was loaded")
    public ModelStatistics all() {
        Caller caller = current.caller();
        return describe(models.names().stream()
                .filter(caller::maySee)
                .flatMap(model -> models.loaded(model).values().stream())
                .toList());
    }

    @GET
    @Path("/" + MODEL + "/stats")
    @Operation(summary = "What the loaded versions of a model have done since they were loaded")
    public ModelStatistics ofModel(@PathParam("model") String model) {
        Collection<LoadedModel> loaded = models.loaded(model).values();
        if (loaded.isEmpty()) {
            throw models.notLoaded(new ModelReference.Stable(model));
        }
        return describe(loaded);
    }

    @GET
    @Path("/" + MODEL + "/versions/" + VERSION + "/stats")
    @Operation(summary = "What a loaded version has done since it was loaded", description = """
                    inference_count counts images and execution_count batches; success and fail count requests of all protocols, \
                    with their time from arrival to answer. compute_input is the time from a request's arrival to its input, \
                    compute_infer that of its batch, compute_output that of writing its answer.""")
    public ModelStatistics ofVersion(@PathParam("model") String model, @PathParam("version") String version) {
        LoadedModel loaded = models.acquire(ModelPath.version(model, version));
        try {
            return describe(List.of(loaded));
        } finally {
            loaded.release();
        }
    }

    private static ModelStatistics describe(Collection<LoadedModel> loaded) {
        return new ModelStatistics(
                loaded.stream().map(StatisticsResource::describe).toList());
    }

    private static VersionStatistics describe(LoadedModel loaded) {
        Statistics statistics = loaded.served().statistics();
        return new VersionStatistics(
                loaded.version().model().value(),
                Long.toString(loaded.version().version()),
                statistics.lastInferenceMillis(),
                statistics.executions().total(),
                statistics.executions().count(),
                new InferenceStatistics(
                        Durations.of(statistics.success()),
                        Durations.of(statistics.fail()),
                        Durations.of(statistics.phase(Phase.QUEUE)),
                        Durations.of(statistics.phase(Phase.PREPROCESS)),
                        Durations.of(statistics.phase(Phase.INFER)),
                        Durations.of(statistics.phase(Phase.POSTPROCESS)),
                        Durations.NONE,
                        Durations.NONE),
                List.of());
    }

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record ModelStatistics(List<VersionStatistics> modelStats) {}

    /**
     * @param lastInference in milliseconds since 1970; 0 before the first
     * @param inferenceCount images
     * @param executionCount batches
     */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record VersionStatistics(
            String name,
            String version,
            long lastInference,
            long inferenceCount,
            long executionCount,
            InferenceStatistics inferenceStats,
            List<Object> batchStats) {}

    /** There is no cache; its fields are those that Triton's clients expect. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record InferenceStatistics(
            Durations success,
            Durations fail,
            Durations queue,
            Durations computeInput,
            Durations computeInfer,
            Durations computeOutput,
            Durations cacheHit,
            Durations cacheMiss) {}

    /** How many requests, and their nanoseconds together. */
    public record Durations(long count, long ns) {
        private static final Durations NONE = new Durations(0, 0);

        private static Durations of(Statistics.Sum sum) {
            return new Durations(sum.count(), sum.total());
        }
    }
}
