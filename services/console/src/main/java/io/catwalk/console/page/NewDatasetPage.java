package io.catwalk.console.page;

import static io.catwalk.console.service.Service.INGESTION;

import java.io.InputStream;
import java.net.URI;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.catwalk.access.Role;
import io.catwalk.console.service.Part;
import io.catwalk.console.service.ServiceCalls;
import io.catwalk.console.service.Uploads;
import io.quarkus.qute.Template;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The form for a dataset of one's own pictures. */
@Path("/datasets")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Role.Names.OPERATOR)
@RunOnVirtualThread
public class NewDatasetPage {
    private static final String[] NUMBERS = {
        "height", "width", "channels", "seed", "validationShare", "testShare", "skipUnreadable"
    };

    private final Template newDataset;
    private final ServiceCalls services;
    private final Uploads uploads;

    NewDatasetPage(Template newDataset, ServiceCalls services, Uploads uploads) {
        this.newDataset = newDataset;
        this.services = services;
        this.uploads = uploads;
    }

    @GET
    @Path("new")
    @Operation(summary = "The form for a dataset of pictures")
    public Response form() {
        return Pages.form(Optional.empty(), newDataset.instance());
    }

    @POST
    @Path("uploads")
    @Consumes({MediaType.APPLICATION_OCTET_STREAM, "application/zip", "application/x-tar", "application/gzip"})
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Hands an archive on to ingestion as it comes; the answer is ingestion's own")
    public Response upload(
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String type,
            @HeaderParam(HttpHeaders.CONTENT_LENGTH) Long length,
            InputStream archive) {
        return uploads.send("/uploads", type, Optional.ofNullable(length), archive);
    }

    @POST
    @Path("new")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "Asks ingestion for a dataset of what was uploaded")
    public Response ask(MultivaluedMap<String, String> fields) {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        given(fields, "dataset").ifPresent(name -> request.put("dataset", name));
        given(fields, "upload").ifPresent(id -> request.putObject("source").put("upload", id));
        ObjectNode pictures = request.putObject("pictures");
        for (String field : NUMBERS) {
            given(fields, field).ifPresent(value -> pictures.put(field, value));
        }
        Part answer = services.post(INGESTION, "/datasets", request.toString()).join();
        return answer.isKnown()
                ? Response.seeOther(URI.create("/datasets#ingestions")).build()
                : Pages.form(answer.error(), newDataset.instance());
    }

    private static Optional<String> given(MultivaluedMap<String, String> fields, String name) {
        return Optional.ofNullable(fields.getFirst(name)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
