package io.catwalk.serving.protocol.v1;

import static io.catwalk.serving.protocol.http.ModelPath.LABEL;
import static io.catwalk.serving.protocol.http.ModelPath.MODEL;
import static io.catwalk.serving.protocol.http.ModelPath.VERSION;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.catwalk.access.Caller;
import io.catwalk.access.Role;
import io.catwalk.chassis.access.CurrentCaller;
import io.catwalk.serving.loading.LoadBoard;
import io.catwalk.serving.loading.LoadedModel;
import io.catwalk.serving.loading.ModelReference;
import io.catwalk.serving.loading.ServedModels;
import io.catwalk.serving.loading.VersionStatus;
import io.catwalk.serving.protocol.http.ModelPath;
import io.catwalk.serving.refusal.RefusedException;
import io.catwalk.serving.refusal.Shown;
import io.catwalk.serving.registry.ModelRegistry;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** TensorFlow Serving's status routes, with what KServe's first protocol expects there as well. */
@Path("/v1/models")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "TensorFlow Serving v1")
@RolesAllowed({Role.Names.VIEWER, Role.Names.PREDICTOR})
public class StatusResource {
    private final ServedModels models;
    private final LoadBoard board;
    private final CurrentCaller current;

    public StatusResource(ServedModels models, LoadBoard board, CurrentCaller current) {
        this.models = models;
        this.board = board;
        this.current = current;
    }

    @GET
    @Operation(summary = "The names of the models that are served and that the caller may see")
    public Map<String, List<String>> list() {
        Caller caller = current.caller();
        return Map.of("models", models.names().stream().filter(caller::maySee).toList());
    }

    @GET
    @Path("/" + MODEL)
    @Operation(summary = "How far each version got that a label or the policy asks for, and why one isn't served")
    public ModelStatus status(@PathParam("model") String model) {
        return status(model, version -> true, "no model '" + Shown.of(model) + "' is known");
    }

    @GET
    @Path("/" + MODEL + "/versions/" + VERSION)
    @Operation(summary = "How far a version got")
    public ModelStatus versionStatus(@PathParam("model") String model, @PathParam("version") String version) {
        ModelReference.Numbered reference = ModelPath.version(model, version);
        return status(
                model,
                status -> status.version() == reference.version(),
                "model '" + Shown.of(model) + "' has no version " + reference.version()
                        + " under any label or in catwalk.loading.versions");
    }

    @GET
    @Path("/" + MODEL + "/labels/" + LABEL)
    @Operation(summary = "The version under a label")
    public ModelStatus labelStatus(@PathParam("model") String model, @PathParam("label") String label) {
        LoadedModel loaded = models.labels(model).get(label);
        if (loaded == null) {
            throw RefusedException.notFound("model '" + Shown.of(model) + "' has no label '" + Shown.of(label) + "'");
        }
        long version = loaded.version().version();
        return status(model, status -> status.version() == version, "it was unloaded at this moment");
    }

    private ModelStatus status(String model, Predicate<VersionStatus> wanted, String otherwise) {
        List<ModelVersionStatus> versions = board.versions(model).stream()
                .filter(wanted)
                .map(ModelVersionStatus::of)
                .toList();
        if (versions.isEmpty()) {
            throw RefusedException.notFound(otherwise);
        }
        SortedMap<String, String> labels = new TreeMap<>();
        SortedMap<String, Double> weights = new TreeMap<>();
        models.targets(model).forEach((label, target) -> {
            labels.put(label, Long.toString(target.model().version().version()));
            target.weight().ifPresent(weight -> weights.put(label, weight));
        });
        return new ModelStatus(model, labels.containsKey(ModelRegistry.STABLE.value()), labels, weights, versions);
    }

    /**
     * @param ready whether a request that names no version is answered
     * @param labels the version behind each label
     * @param weights the share of the requests for stable that a live canary answers or a live shadow gets copies of
     */
    public record ModelStatus(
            String name,
            boolean ready,
            SortedMap<String, String> labels,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) SortedMap<String, Double> weights,
            @JsonProperty("model_version_status") List<ModelVersionStatus> versions) {}

    /** TensorFlow Serving's {@code ModelVersionStatus}. */
    public record ModelVersionStatus(String version, String state, Status status) {
        static ModelVersionStatus of(VersionStatus status) {
            String version = Long.toString(status.version());
            return switch (status.state()) {
                case LOADING -> new ModelVersionStatus(version, "LOADING", Status.OK);
                case AVAILABLE -> new ModelVersionStatus(version, "AVAILABLE", Status.OK);
                case DELAYED -> new ModelVersionStatus(version, "START", new Status("UNAVAILABLE", status.message()));
                case REFUSED ->
                    new ModelVersionStatus(version, "END", new Status("FAILED_PRECONDITION", status.message()));
            };
        }
    }

    /** TensorFlow Serving's {@code StatusProto}. */
    public record Status(
            @JsonProperty("error_code") String code,
            @JsonProperty("error_message") String message) {
        private static final Status OK = new Status("OK", "");
    }
}
