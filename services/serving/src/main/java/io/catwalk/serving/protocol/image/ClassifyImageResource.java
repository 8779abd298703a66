package io.catwalk.serving.protocol.image;

import static io.catwalk.serving.protocol.http.ModelPath.LABEL;
import static io.catwalk.serving.protocol.http.ModelPath.MODEL;
import static io.catwalk.serving.protocol.http.ModelPath.VERSION;

import java.util.concurrent.CompletionStage;

import io.catwalk.access.Role;
import io.catwalk.picture.FittedPicture;
import io.catwalk.serving.loading.ModelReference;
import io.catwalk.serving.protocol.exchange.Call;
import io.catwalk.serving.protocol.exchange.Decoded;
import io.catwalk.serving.protocol.http.Answer;
import io.catwalk.serving.protocol.http.HttpExchange;
import io.catwalk.serving.protocol.http.JsonOutput;
import io.catwalk.serving.protocol.http.ModelPath;
import io.catwalk.serving.protocol.tensor.ImageBatch;
import io.catwalk.serving.protocol.tensor.Ranking;
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

/** Classifies one picture, and names the labels. */
@Path("/v1/models")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Pictures")
@RolesAllowed(Role.Names.PREDICTOR)
public class ClassifyImageResource {
    private static final String NAME = "image";

    private final HttpExchange exchange;
    private final PictureReader pictures;

    public ClassifyImageResource(HttpExchange exchange, PictureReader pictures) {
        this.exchange = exchange;
        this.pictures = pictures;
    }

    @POST
    @Path("/" + MODEL + ":classify-image")
    @Operation(summary = "Classifies a picture with the version under the label stable", description = """
                    The body is the picture, a PNG, JPEG, WebP or BMP; its format is seen by its content. It is turned upright \
                    as its Exif orientation says. Grey values are claimed as they stand. Colours \
                    become grey by their luminance (ITU-R BT.601) where the model takes grey. Transparent pixels let black \
                    through, the background of Fashion-MNIST. A picture of another size is scaled with its proportions kept, \
                    by the mean of the area that each pixel covers where it shrinks and by linear interpolation where it grows, \
                    and centred on black; the answer then says "resized": true. A \
                    picture wider or higher than 4096 pixels is refused. The answer is {"model", "version", "digest", \
                    "resized", "predictions": [{"label", "probability"}, ..]}, all labels, the most probable first.""")
    @RequestBody(
            content = {
                @Content(mediaType = "image/png"),
                @Content(mediaType = "image/jpeg"),
                @Content(mediaType = "image/webp"),
                @Content(mediaType = "image/bmp")
            })
    public CompletionStage<Response> classify(@PathParam("model") String model, @Context RoutingContext http) {
        return answer(new ModelReference.Stable(model), http);
    }

    @POST
    @Path("/" + MODEL + "/versions/" + VERSION + ":classify-image")
    @Operation(summary = "Classifies a picture with a loaded version")
    @RequestBody(
            content = {
                @Content(mediaType = "image/png"),
                @Content(mediaType = "image/jpeg"),
                @Content(mediaType = "image/webp"),
                @Content(mediaType = "image/bmp")
            })
    public CompletionStage<Response> classifyVersion(
            @PathParam("model") String model, @PathParam("version") String version, @Context RoutingContext http) {
        return answer(ModelPath.version(model, version), http);
    }

    @POST
    @Path("/" + MODEL + "/labels/" + LABEL + ":classify-image")
    @Operation(summary = "Classifies a picture with the version under a label")
    @RequestBody(
            content = {
                @Content(mediaType = "image/png"),
                @Content(mediaType = "image/jpeg"),
                @Content(mediaType = "image/webp"),
                @Content(mediaType = "image/bmp")
            })
    public CompletionStage<Response> classifyLabel(
            @PathParam("model") String model, @PathParam("label") String label, @Context RoutingContext http) {
        return answer(new ModelReference.Labelled(model, label), http);
    }

    private CompletionStage<Response> answer(ModelReference reference, RoutingContext http) {
        return exchange.answer(NAME, reference, http, this::decode);
    }

    private Decoded<Answer> decode(byte[] body, Call call) {
        call.takesLong();
        FittedPicture fitted = pictures.read(body, call.signature().image());
        return new Decoded<>(
                new ImageBatch(fitted.values(), 1),
                probabilities -> Answer.json(write(call, fitted.resized(), probabilities)));
    }

    private static byte[] write(Call call, boolean resized, float[] probabilities) {
        return JsonOutput.write(json -> {
            json.writeStartObject();
            json.writeStringField("model", call.version().model().value());
            json.writeNumberField("version", call.version().version());
            json.writeStringField("digest", call.version().digest().toString());
            json.writeBooleanField("resized", resized);
            json.writeArrayFieldStart("predictions");
            for (int index : Ranking.top(probabilities, 0, probabilities.length, probabilities.length)) {
                json.writeStartObject();
                json.writeStringField("label", call.version().labelNames().get(index));
                json.writeNumberField("probability", probabilities[index]);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
