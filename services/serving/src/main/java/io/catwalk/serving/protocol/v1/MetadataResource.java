package io.catwalk.serving.protocol.v1;

import static io.catwalk.serving.protocol.http.ModelPath.LABEL;
import static io.catwalk.serving.protocol.http.ModelPath.MODEL;
import static io.catwalk.serving.protocol.http.ModelPath.VERSION;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.catwalk.access.Role;
import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.loading.LoadedModel;
import io.catwalk.serving.loading.ModelReference;
import io.catwalk.serving.loading.ServedModels;
import io.catwalk.serving.protocol.http.ModelPath;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** TensorFlow Serving's metadata routes: the signature in the JSON form of its protobuf. */
@Path("/v1/models")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "TensorFlow Serving v1")
@RolesAllowed({Role.Names.VIEWER, Role.Names.PREDICTOR})
public class MetadataResource {
    private final ServedModels models;

    public MetadataResource(ServedModels models) {
        this.models = models;
    }

    @GET
    @Path("/" + MODEL + "/metadata")
    @Operation(summary = "The signature of the version under the label stable")
    public ModelMetadata metadata(@PathParam("model") String model) {
        return describe(new ModelReference.Stable(model));
    }

    @GET
    @Path("/" + MODEL + "/versions/" + VERSION + "/metadata")
    @Operation(summary = "The signature of a loaded version")
    public ModelMetadata versionMetadata(@PathParam("model") String model, @PathParam("version") String version) {
        return describe(ModelPath.version(model, version));
    }

    @GET
    @Path("/" + MODEL + "/labels/" + LABEL + "/metadata")
    @Operation(summary = "The signature of the version under a label")
    public ModelMetadata labelMetadata(@PathParam("model") String model, @PathParam("label") String label) {
        return describe(new ModelReference.Labelled(model, label));
    }

    private ModelMetadata describe(ModelReference reference) {
        LoadedModel loaded = models.acquire(reference);
        try {
            return new ModelMetadata(
                    new ModelSpec(
                            loaded.version().model().value(),
                            "",
                            Long.toString(loaded.version().version())),
                    Map.of(
                            "signature_def",
                            Map.of("signature_def", signatures(loaded.engine().signature()))));
        } finally {
            loaded.release();
        }
    }

    private static Map<String, SignatureDefinition> signatures(Signature signature) {
        TensorInfo input = TensorInfo.floats(
                signature.input(),
                signature.image().height(),
                signature.image().width(),
                signature.image().channels());
        TensorInfo output = TensorInfo.floats(signature.output(), signature.classes());
        return Map.of(
                Signature.NAME,
                new SignatureDefinition(
                        Map.of(signature.input(), input),
                        Map.of(signature.output(), output),
                        "tensorflow/serving/predict"));
    }

    public record ModelMetadata(
            @JsonProperty("model_spec") ModelSpec modelSpec,
            Map<String, Map<String, Map<String, SignatureDefinition>>> metadata) {}

    public record ModelSpec(
            String name, @JsonProperty("signature_name") String signatureName, String version) {}

    public record SignatureDefinition(
            Map<String, TensorInfo> inputs,
            Map<String, TensorInfo> outputs,
            @JsonProperty("method_name") String methodName) {}

    public record TensorInfo(
            String dtype, @JsonProperty("tensor_shape") TensorShape shape, String name) {
        /** A batch of float tensors; the batch's size is open. */
        static TensorInfo floats(String name, int... sizes) {
            List<Dimension> dimensions = IntStream.concat(IntStream.of(-1), IntStream.of(sizes))
                    .mapToObj(size -> new Dimension(Integer.toString(size), ""))
                    .toList();
            return new TensorInfo("DT_FLOAT", new TensorShape(dimensions, false), name);
        }
    }

    public record TensorShape(
            @JsonProperty("dim") List<Dimension> dimensions,
            @JsonProperty("unknown_rank") boolean unknownRank) {}

    public record Dimension(String size, String name) {}
}
