package io.catwalk.console.page;

import io.catwalk.console.service.Part;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.core.Response;

/** A page's status is that of what it is about. */
final class Pages {
    private Pages() {}

    static Response of(Part subject, TemplateInstance page) {
        int status = subject.isMissing() || subject.isRefused() ? subject.status() : Response.Status.OK.getStatusCode();
        return Response.status(status).entity(page).build();
    }
}
