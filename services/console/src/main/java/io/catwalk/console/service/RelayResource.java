package io.catwalk.console.service;

import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

import io.catwalk.access.Role;
import io.catwalk.chassis.http.ErrorAnswer;
import io.catwalk.console.access.PageHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/** What pages show as the services have it: pictures, curves, reports. */
@Path("/of")
@RolesAllowed(Role.Names.VIEWER)
public class RelayResource {
    private static final String ID = "[^/]+";
    private static final Map<Service, Pattern> SHOWN = Map.of(
            Service.INGESTION,
            Pattern.compile("datasets/" + ID + "/(samples\\.png|images/" + ID + "/[0-9]+\\.png)"),
            Service.TRAINING,
            Pattern.compile("runs/" + ID + "/(curves\\.csv|tensorboard)"),
            Service.EVALUATION,
            Pattern.compile("evaluations/" + ID + "/report\\.(html|json)|comparisons"),
            Service.SERVING,
            Pattern.compile("v1/models/" + ID + "/history"));
    private static final List<String> HEADERS = List.of(
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.CONTENT_LENGTH,
            HttpHeaders.CONTENT_DISPOSITION,
            HttpHeaders.ETAG,
            HttpHeaders.CACHE_CONTROL);

    private final ServiceCalls services;

    RelayResource(ServiceCalls services) {
        this.services = services;
    }

    @GET
    @Path("{service}/{path:.+}")
    @Operation(summary = "A picture, a run's curves or a report, as its service answers")
    public CompletionStage<Response> relay(
            @RestPath("service") String name,
            @RestPath String path,
            @HeaderParam(HttpHeaders.IF_NONE_MATCH) String known,
            @Context UriInfo address,
            @Context RoutingContext http) {
        Service service = Service.named(name)
                .filter(found -> SHOWN.get(found).matcher(path).matches())
                .orElseThrow(() -> new NotFoundException("no page shows that"));
        String query = address.getRequestUri().getRawQuery();
        String asked = "/" + address.getRequestUri().getRawPath().replaceFirst("^/of/" + name + "/", "");
        HttpRequest.Builder request = services.request(service, query == null ? asked : asked + "?" + query)
                .GET();
        if (known != null) {
            request.header(HttpHeaders.IF_NONE_MATCH, known);
        }
        // In place of that of the console's own pages: of two policies both hold.
        http.response().headers().set(PageHeaders.POLICY, PageHeaders.SERVICES_PAGES);
        return services.http()
                .sendAsync(request.build(), BodyHandlers.ofInputStream())
                .thenApply(RelayResource::relayed)
                .exceptionally(failure -> Response.status(Response.Status.SERVICE_UNAVAILABLE)
                        .type(MediaType.APPLICATION_JSON_TYPE)
                        .entity(new ErrorAnswer(service.text() + " doesn't answer"))
                        .build());
    }

    private static Response relayed(HttpResponse<InputStream> answer) {
        Response.ResponseBuilder response = Response.status(answer.statusCode()).entity(answer.body());
        HEADERS.forEach(name -> answer.headers().firstValue(name).ifPresent(value -> response.header(name, value)));
        return response.build();
    }
}
