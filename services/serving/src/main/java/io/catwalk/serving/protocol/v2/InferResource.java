package io.catwalk.serving.protocol.v2;

import static io.catwalk.serving.protocol.http.ModelPath.MODEL;
import static io.catwalk.serving.protocol.http.ModelPath.VERSION;

import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;

import io.catwalk.access.Role;
import io.catwalk.serving.loading.ModelReference;
import io.catwalk.serving.protocol.exchange.Call;
import io.catwalk.serving.protocol.exchange.Decoded;
import io.catwalk.serving.protocol.http.Answer;
import io.catwalk.serving.protocol.http.HttpExchange;
import io.catwalk.serving.protocol.http.ModelPath;
import io.catwalk.serving.protocol.http.RequestMedia;
import io.catwalk.serving.protocol.image.EncodedPictures;
import io.catwalk.serving.protocol.image.PictureReader;
import io.catwalk.serving.refusal.RefusedException;
import io.catwalk.serving.refusal.Shown;
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

/** The inference routes of the Open Inference Protocol. */
@Path("/v2/models")
@Produces({MediaType.APPLICATION_JSON, MediaType.APPLICATION_OCTET_STREAM})
@Tag(name = "Open Inference v2")
@RolesAllowed(Role.Names.PREDICTOR)
public class InferResource {
    static final String JSON_LENGTH = "Inference-Header-Content-Length";

    private static final String NAME = "v2";

    private final HttpExchange exchange;
    private final PictureReader pictures;

    public InferResource(HttpExchange exchange, PictureReader pictures) {
        this.exchange = exchange;
        this.pictures = pictures;
    }

    @POST
    @Path("/" + MODEL + "/infer")
    @Operation(summary = "Classifies images with the version under the label stable", description = """
                    The input is images, nested, flat, or binary after the JSON (binary_tensor_data: little-endian, \
                    row-major). Values of FP16, BF16, FP32 and FP64 are values, black 0 and white 1, rounded to the nearest \
                    float32; FP16 and BF16 have no JSON form. Those of UINT8 to UINT64 and INT8 to INT64 are pixel values from 0 to \
                    255 (INT8: to 127), which the model gets divided by 255. With the datatype BYTES and the shape [n] or \
                    [n,1] the input is n PNG, JPEG, WebP or BMP pictures, read as by :classify-image: in JSON as base64 strings, in \
                    binary each preceded by its length in 4 bytes. Probabilities are answered in JSON, in binary, or as the most probable classes \
                    (classification). The answer's parameter digest names the model's content.""")
    @RequestBody(
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON),
                @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM)
            })
    public CompletionStage<Response> infer(@PathParam("model") String model, @Context RoutingContext http) {
        return answer(new ModelReference.Stable(model), http);
    }

    @POST
    @Path("/" + MODEL + "/versions/" + VERSION + "/infer")
    @Operation(summary = "Classifies images with a loaded version")
    @RequestBody(
            content = {
                @Content(mediaType = MediaType.APPLICATION_JSON),
                @Content(mediaType = MediaType.APPLICATION_OCTET_STREAM)
            })
    public CompletionStage<Response> inferVersion(
            @PathParam("model") String model, @PathParam("version") String version, @Context RoutingContext http) {
        return answer(ModelPath.version(model, version), http);
    }

    private CompletionStage<Response> answer(ModelReference reference, RoutingContext http) {
        RequestMedia.requireJsonOrBinary(http.request().getHeader("Content-Type"));
        OptionalInt jsonLength = jsonLength(http);
        return exchange.answer(NAME, reference, http, (body, call) -> decode(body, call, jsonLength));
    }

    private Decoded<Answer> decode(byte[] body, Call call, OptionalInt jsonLength) {
        InferRequest request = new InferRequestReader(
                        call.signature(), call.maxImages(), EncodedPictures.of(pictures, call))
                .read(body, jsonLength);
        return new Decoded<>(
                request.images(),
                probabilities -> new InferAnswer(call.version(), call.signature(), request, probabilities).write());
    }

    private static OptionalInt jsonLength(RoutingContext http) {
        String text = http.request().getHeader(JSON_LENGTH);
        try {
            return text == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            throw RefusedException.badInput(
                    JSON_LENGTH + " must be an integer from 0 to the body's length, not '" + Shown.of(text) + "'");
        }
    }
}
