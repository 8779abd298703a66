package io.catwalk.training.http;

import java.util.List;

import io.catwalk.access.Role;
import io.catwalk.chassis.errors.BadInputException;
import io.catwalk.chassis.http.Inputs;
import io.catwalk.events.EventJson;
import io.catwalk.events.EventType;
import io.catwalk.events.request.TrainingRequest;
import io.catwalk.network.Network;
import io.catwalk.network.NetworkSummary;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.preset.Preset;
import io.catwalk.network.preset.Presets;
import io.catwalk.network.preset.Recipe;
import io.catwalk.training.plan.RequestedNetwork;
import io.catwalk.training.v1.TrainingRequested;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;

/** Networks: the presets, and the layers of a request before it is sent. */
@Path("/networks")
@RolesAllowed(Role.Names.VIEWER)
public class NetworkResource {
    private static final String FASHION_MNIST = "28x28x1";
    private static final int LEAST_CLASSES = 2;
    private static final int MOST_CLASSES = 65_536;

    /**
     * A preset.
     *
     * @param name what a request calls it
     * @param recipe how it is trained unless a request says otherwise
     */
    public record NetworkView(String name, Recipe recipe) {}

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "The presets and their recipes")
    public List<NetworkView> all() {
        return Presets.names().stream()
                .flatMap(name -> Presets.named(name).stream())
                .map(preset -> new NetworkView(preset.name(), preset.recipe()))
                .toList();
    }

    @GET
    @Path("{name}")
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(summary = "A preset's layers: shapes, parameters and multiply-adds")
    @APIResponse(responseCode = "400", description = "The network doesn't fit such images")
    @APIResponse(responseCode = "404", description = "No preset has this name")
    public String one(
            @RestPath String name,
            @QueryParam("image") @DefaultValue(FASHION_MNIST) String image,
            @QueryParam("classes") @DefaultValue("10") String classes) {
        Preset preset = Presets.named(name)
                .orElseThrow(() -> new NotFoundException(
                        "no preset is named %s, there are %s".formatted(name, String.join(", ", Presets.names()))));
        return table(preset, image, classes);
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.TEXT_PLAIN)
    @Operation(
            summary = "The layers of a training request, without a run",
            description = "The body is a training-requested event's JSON; dataset and model may be left out.")
    @APIResponse(responseCode = "400", description = "The error names the field or the layer, its value and its shape")
    public String ofRequest(
            byte[] body,
            @QueryParam("image") @DefaultValue(FASHION_MNIST) String image,
            @QueryParam("classes") @DefaultValue("10") String classes) {
        TrainingRequested asked = EventJson.read(EventType.TRAINING_REQUESTED, body);
        TrainingRequested whole = asked.toBuilder()
                .setDataset(asked.getDataset().isEmpty() ? "any" : asked.getDataset())
                .setModel(asked.getModel().isEmpty() ? "any" : asked.getModel())
                .build();
        EventType.TRAINING_REQUESTED.check(whole);
        return table(RequestedNetwork.of(TrainingRequest.from(whole, "any")), image, classes);
    }

    private static String table(Preset preset, String image, String classes) {
        int count = Inputs.whole("classes", classes, LEAST_CLASSES, MOST_CLASSES);
        Network network = BadInputException.parse(() -> preset.network(ImageShape.parse(image), count));
        return NetworkSummary.of(network).render();
    }
}
