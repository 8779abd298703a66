package io.catwalk.console.page;

import java.util.Optional;

import io.catwalk.console.service.Part;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.Response;

/** A page's status is that of what it is about. */
final class Pages {
    private Pages() {}

    /**
     * A form as it was filled in.
     *
     * @param error why what it asks for was refused
     */
    static Response form(Optional<String> error, TemplateInstance page) {
        return Response.status(error.isPresent() ? Response.Status.BAD_REQUEST : Response.Status.OK)
                .entity(page.data("error", error.orElse(null)))
                .build();
    }

    static Response of(Part subject, TemplateInstance page) {
        int status = subject.isMissing() || subject.isRefused() ? subject.status() : Response.Status.OK.getStatusCode();
        return Response.status(status).entity(page).build();
    }
}
