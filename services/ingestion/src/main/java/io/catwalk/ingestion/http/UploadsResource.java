package io.catwalk.ingestion.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

import io.catwalk.access.Role;
import io.catwalk.chassis.errors.BadInputException;
import io.catwalk.ingestion.upload.BrokenUploadException;
import io.catwalk.ingestion.upload.Upload;
import io.catwalk.ingestion.upload.UploadTooLargeException;
import io.catwalk.ingestion.upload.Uploads;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Archives of pictures that clients send. */
@Path(UploadsResource.PATH)
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Names.OPERATOR)
public class UploadsResource {
    static final String PATH = "/uploads";

    private static final Logger LOG = LoggerFactory.getLogger(UploadsResource.class);

    private final Uploads uploads;

    @Inject
    UploadsResource(Uploads uploads) {
        this.uploads = uploads;
    }

    /** An upload as it is answered. */
    public record UploadAnswer(String upload, long bytes, String digest) {
        static UploadAnswer of(Upload upload) {
            return new UploadAnswer(
                    upload.id().value(), upload.bytes(), upload.digest().toString());
        }
    }

    // Types that no page of another origin may send without asking first.
    @POST
    @Consumes({"application/octet-stream", "application/zip", "application/x-tar", "application/gzip"})
    @Operation(
            summary = "Send an archive of pictures",
            description = "A zip, tar or tar.gz. A dataset's request may name the upload as its source for a day.")
    @APIResponse(responseCode = "201", description = "It is stored")
    @APIResponse(responseCode = "400", description = "The body is empty or broke off")
    @APIResponse(responseCode = "413", description = "It is larger than an archive may be")
    @APIResponse(
            responseCode = "503",
            description = "Too many are being received, there is no room, or the store can't be reached")
    public Response upload(InputStream body, @HeaderParam("Content-Length") Optional<Long> length) {
        try {
            Upload upload = uploads.receive(body, length.orElse(-1L));
            return Response.status(Response.Status.CREATED)
                    .entity(UploadAnswer.of(upload))
                    .build();
        } catch (UploadTooLargeException e) {
            throw new ClientErrorException(e.getMessage(), Response.Status.REQUEST_ENTITY_TOO_LARGE);
        } catch (Uploads.NoPlaceException e) {
            throw new ServiceUnavailableException(e.getMessage());
        } catch (BrokenUploadException e) {
            throw new BadInputException(e.getMessage());
        } catch (IOException e) {
            LOG.error("the work folder can't take an upload", e);
            throw new ServiceUnavailableException("no room for the upload now; try again later");
        }
    }
}
