package io.catwalk.console.live;

import java.time.Duration;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.util.RawValue;
import io.catwalk.access.Role;
import io.catwalk.chassis.access.Callers;
import io.catwalk.chassis.access.RefusedCallerException;
import io.catwalk.console.access.Credential;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What happens now, as server-sent events. */
@Path("/live")
@RolesAllowed(Role.Names.VIEWER)
public class LiveResource {
    private static final long RETRY_SECONDS = 5;
    /** Beats show either side, and what is between, that the connection lives. */
    private static final Watch WATCH = new Watch(Duration.ofSeconds(15), Duration.ofMinutes(10));

    private final RecentEvents recent;
    private final Callers callers;
    private final Credential credential;

    @Inject
    LiveResource(RecentEvents recent, Callers callers, Credential credential) {
        this.recent = recent;
        this.callers = callers;
        this.credential = credential;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Events of the topics from now on",
            description =
                    "key names a run, model and label, or dataset, whose events alone are sent. The stream ends soon after the"
                            + " caller's key or token isn't good any more, and after ten minutes.")
    public Multi<OutboundSseEvent> live(@QueryParam("key") String key, @Context Sse sse) {
        Multi<OutboundSseEvent> events = recent.listen()
                .orElseThrow(() -> new ServiceUnavailableException(
                        "too many browsers listen already (catwalk.console.live.clients)", RETRY_SECONDS))
                .filter(event -> key == null || key.isEmpty() || event.key().equals(key))
                .map(event -> event(event, sse));
        return WATCH.over(
                events,
                () -> sse.newEventBuilder().name("beat").data("{}").build(),
                mayListen(credential.authorization().orElse(null)));
    }

    /** Looks at each subscription whether what the caller showed is good still. A key whose rate is used up is. */
    private Uni<Boolean> mayListen(@Nullable String authorization) {
        return Uni.createFrom()
                .deferred(() -> callers.identify(authorization))
                .map(caller -> caller.has(Role.VIEWER))
                .onFailure(RefusedCallerException.class)
                .recoverWithItem(e -> e instanceof RefusedCallerException refused
                        && refused.reason() == RefusedCallerException.Reason.LIMITED);
    }

    private static OutboundSseEvent event(LiveEvent event, Sse sse) {
        String data = JsonNodeFactory.instance
                .objectNode()
                .put("topic", event.topic())
                .put("key", event.key())
                .put("time", event.time().toString())
                .putRawValue("body", new RawValue(event.body()))
                .toString();
        return sse.newEventBuilder()
                .name(event.topic())
                .id(Long.toString(event.id()))
                .data(data)
                .build();
    }
}
