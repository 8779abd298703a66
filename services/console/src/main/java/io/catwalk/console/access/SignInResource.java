package io.catwalk.console.access;

import java.net.URI;
import java.util.Optional;

import io.catwalk.chassis.access.Callers;
import io.catwalk.chassis.access.RefusedCallerException;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The way in and out. */
@Path("/")
@PermitAll
@Produces(MediaType.TEXT_HTML)
public class SignInResource {
    private static final String HOME = "/";
    private static final int LONGEST_CREDENTIAL = 3500;

    private final Callers callers;
    private final ProviderSession provider;

    SignInResource(Callers callers, ProviderSession provider) {
        this.callers = callers;
        this.provider = provider;
    }

    @CheckedTemplate
    static class Templates {
        private Templates() {}

        static native TemplateInstance signIn(String to, Optional<String> provider, Optional<String> error);

        static native TemplateInstance signOut(URI provider);
    }

    @GET
    @Path("sign-in")
    @Operation(summary = "The sign-in's page")
    public Object page(@QueryParam("to") Optional<String> to, @QueryParam("problem") Optional<String> problem) {
        return callers.areAsked()
                ? form(to, problem.flatMap(SignInProblem::named).map(SignInProblem::text))
                : Response.seeOther(URI.create(HOME)).build();
    }

    /** For whoever has a session; the way through the provider is {@link ProviderMechanism}'s. */
    @GET
    @Path("sign-in/provider")
    @Operation(summary = "Leads to the identity provider's sign-in and back")
    public Uni<Response> atProvider(@QueryParam("to") Optional<String> to, @Context RoutingContext http) {
        return callers.identify(provider.authorization())
                .map(caller -> {
                    http.response().addCookie(SignInCookie.gone());
                    return Response.seeOther(URI.create(local(to))).build();
                })
                .onFailure(RefusedCallerException.class)
                .recoverWithItem(e -> {
                    ProviderSession.forget(http);
                    return refused(
                            Response.Status.FORBIDDEN,
                            to,
                            "The identity provider’s token is refused: " + e.getMessage() + ".");
                });
    }

    @POST
    @Path("sign-in")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "Keeps a key or token, which the services know, in a cookie")
    public Uni<Response> signIn(
            @FormParam("credential") Optional<String> credential,
            @FormParam("to") Optional<String> to,
            @Context RoutingContext http) {
        String shown = credential.map(String::strip).orElse("");
        if (!shown.matches("[A-Za-z0-9._~+/=-]{1," + LONGEST_CREDENTIAL + "}")) {
            return Uni.createFrom()
                    .item(refused(
                            Response.Status.UNAUTHORIZED,
                            to,
                            "This is no API key and no token: both are one word of letters, digits, dots and dashes."));
        }
        boolean overTls = String.valueOf(http.request().getHeader("Origin")).startsWith("https:");
        return callers.identify("Bearer " + shown)
                .map(caller -> {
                    http.response().addCookie(SignInCookie.holding(shown, overTls));
                    return Response.seeOther(URI.create(local(to))).build();
                })
                .onFailure(RefusedCallerException.class)
                .recoverWithItem(e -> refused(Response.Status.UNAUTHORIZED, to, "Refused: " + e.getMessage() + "."));
    }

    @POST
    @Path("sign-out")
    @Operation(summary = "Forgets the key or token, and ends the session at the identity provider")
    public Response signOut(@Context RoutingContext http) {
        http.response().addCookie(SignInCookie.gone());
        ProviderSession.forget(http);
        // A redirect would be refused, as the pages' forms may lead to the console alone.
        return provider.end(http)
                .map(end -> Response.ok(Templates.signOut(end))
                        .header("Refresh", "0;url=" + end)
                        .build())
                .orElseGet(() -> Response.seeOther(URI.create("/sign-in")).build());
    }

    private Response refused(Response.Status status, Optional<String> to, String error) {
        return Response.status(status).entity(form(to, Optional.of(error))).build();
    }

    private TemplateInstance form(Optional<String> to, Optional<String> error) {
        return Templates.signIn(local(to), provider.start(local(to)), error);
    }

    /** A page of the console's own: no other address may be named, by whatever spelling. */
    static String local(Optional<String> to) {
        return to.filter(page -> page.matches("/([^/\\\\].*)?") && page.chars().allMatch(c -> c > ' ' && c < 0x7f))
                .orElse(HOME);
    }
}
