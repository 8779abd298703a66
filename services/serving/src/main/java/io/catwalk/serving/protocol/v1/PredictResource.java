package io.catwalk.serving.protocol.v1;

import static io.catwalk.serving.protocol.http.ModelPath.LABEL;
import static io.catwalk.serving.protocol.http.ModelPath.MODEL;
import static io.catwalk.serving.protocol.http.ModelPath.VERSION;

import java.util.concurrent.CompletionStage;

import io.catwalk.access.Role;
import io.catwalk.serving.loading.ModelReference;
import io.catwalk.serving.protocol.http.HttpExchange;
import io.catwalk.serving.protocol.http.ModelPath;
import io.catwalk.serving.protocol.http.RequestMedia;
import io.catwalk.serving.refusal.RefusedException;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** TensorFlow Serving's predict routes. */
@Path("/v1/models")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "TensorFlow Serving v1")
@RolesAllowed(Role.Names.PREDICTOR)
public class PredictResource {
    private static final String NAME = "v1";

    private final HttpExchange exchange;
    private final PredictCodec codec = new PredictCodec();

    public PredictResource(HttpExchange exchange) {
        this.exchange = exchange;
    }

    @POST
    @Path("/" + MODEL + ":predict")
    @Operation(summary = "Classifies images with the version under the label stable", description = """
                    The body is {"instances": [image, ..]}, answered with {"predictions": [..]}, or {"inputs": [image, ..]}, \
                    answered with {"outputs": [..]}. An image is an array of its rows, as [28][28][1] or [28][28], or of all \
                    its values; values are from 0 to 1. The headers catwalk-model, catwalk-version, catwalk-digest and \
                    catwalk-engine of the answer say what answered.""")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON))
    public CompletionStage<Response> predict(@PathParam("model") String model, @Context RoutingContext http) {
        return answer(new ModelReference.Stable(model), http);
    }

    @POST
    @Path("/" + MODEL + "/versions/" + VERSION + ":predict")
    @Operation(summary = "Classifies images with a loaded version")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON))
    public CompletionStage<Response> predictVersion(
            @PathParam("model") String model, @PathParam("version") String version, @Context RoutingContext http) {
        return answer(ModelPath.version(model, version), http);
    }

    @POST
    @Path("/" + MODEL + "/labels/" + LABEL + ":predict")
    @Operation(summary = "Classifies images with the version under a label")
    @RequestBody(content = @Content(mediaType = MediaType.APPLICATION_JSON))
    public CompletionStage<Response> predictLabel(
            @PathParam("model") String model, @PathParam("label") String label, @Context RoutingContext http) {
        return answer(new ModelReference.Labelled(model, label), http);
    }

    @POST
    @Path("/" + MODEL + ":{method:classify|regress}")
    @NonBlocking
    @Operation(
            summary = "Refused: these methods take tf.Example records, which an image classifier's signature has not")
    public Response otherMethod(@PathParam("method") String method) {
        throw RefusedException.badInput(
                "the model's signature is for predict, not for " + method + "; use :predict or :classify-image");
    }

    private CompletionStage<Response> answer(ModelReference reference, RoutingContext http) {
        RequestMedia.requireJsonOrText(http.request().getHeader("Content-Type"));
        return exchange.answer(NAME, reference, http, codec);
    }
}
