package io.catwalk.console.page;

import io.catwalk.chassis.http.ErrorAnswer;
import io.quarkus.qute.Template;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Shows people the error that programs get as JSON. */
class ErrorPages {
    private final Template error;

    ErrorPages(Template error) {
        this.error = error;
    }

    @ServerResponseFilter
    void show(ContainerRequestContext request, ContainerResponseContext response) {
        String accepted = request.getHeaderString(HttpHeaders.ACCEPT);
        if (response.getEntity() instanceof ErrorAnswer answer
                && accepted != null
                && accepted.startsWith(MediaType.TEXT_HTML)) {
            response.setEntity(
                    error.data("status", response.getStatus())
                            .data("error", answer.error())
                            .render(),
                    null,
                    MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"));
        }
    }
}
