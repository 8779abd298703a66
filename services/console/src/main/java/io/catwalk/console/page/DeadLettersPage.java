package io.catwalk.console.page;

import java.net.URI;
import java.util.Optional;

import io.catwalk.access.Role;
import io.catwalk.console.live.DeadLetter;
import io.catwalk.console.live.RecentEvents;
import io.catwalk.console.service.Part;
import io.catwalk.console.service.ServiceCalls;
import io.quarkus.qute.Template;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/** Refused records, and what they ask for asked again in other words. */
@Path("/dead-letters")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Role.Names.VIEWER)
@RunOnVirtualThread
public class DeadLettersPage {
    private final Template deadLetter;
    private final ServiceCalls services;
    private final RecentEvents recent;

    DeadLettersPage(Template deadLetter, ServiceCalls services, RecentEvents recent) {
        this.deadLetter = deadLetter;
        this.services = services;
        this.recent = recent;
    }

    @GET
    @Path("{id}")
    @Operation(summary = "A dead letter's page")
    public Response page(@RestPath String id) {
        DeadLetter letter = find(id);
        return page(letter, letter.value(), Optional.empty());
    }

    @POST
    @Path("{id}")
    @RolesAllowed(Role.Names.OPERATOR)
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "Sends a request like the refused one to its service, over HTTP")
    public Response send(@RestPath String id, @FormParam("request") Optional<String> request) {
        DeadLetter letter = find(id);
        String json = request.orElse("");
        Optional<AskedAgain> again = AskedAgain.of(letter.topic(), json);
        if (again.isEmpty()) {
            return page(
                    letter,
                    json,
                    Optional.of("Records of " + letter.topic() + " can't be asked for over HTTP, or"
                            + " the request isn't JSON with the fields that name what it is about."));
        }
        AskedAgain asked = again.get();
        Part answer = services.post(asked.service(), asked.path(), json).join();
        return answer.isKnown()
                ? Response.seeOther(URI.create(asked.shownAt(answer.body()))).build()
                : page(letter, json, answer.error());
    }

    private Response page(DeadLetter letter, String request, Optional<String> error) {
        return Pages.form(
                error,
                deadLetter
                        .data("letter", letter)
                        .data("sendable", AskedAgain.isSendable(letter.topic()))
                        .data("request", request));
    }

    private DeadLetter find(String id) {
        return recent.deadLetter(id)
                .orElseThrow(() -> new NotFoundException("dead letter is " + id
                        + ", must be one of the newest that the console keeps (catwalk.console.live.kept)"));
    }
}
