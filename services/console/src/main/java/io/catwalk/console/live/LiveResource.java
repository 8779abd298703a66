package io.catwalk.console.live;

import java.time.Duration;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.util.RawValue;
import io.catwalk.access.Role;
import io.smallrye.mutiny.Multi;
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

/** What happens now, as server-sent events. */
@Path("/live")
@RolesAllowed(Role.Names.VIEWER)
public class LiveResource {
    private static final long RETRY_SECONDS = 5;
    /** Shows either side, and what is between, that the connection lives. */
    private static final Duration BEAT = Duration.ofSeconds(15);

    private final RecentEvents recent;

    @Inject
    LiveResource(RecentEvents recent) {
        this.recent = recent;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(
            summary = "Events of the topics from now on",
            description = "key names a run, model and label, or dataset, whose events alone are sent.")
    public Multi<OutboundSseEvent> live(@QueryParam("key") String key, @Context Sse sse) {
        Multi<OutboundSseEvent> events = recent.listen()
                .orElseThrow(() -> new ServiceUnavailableException(
                        "too many browsers listen already (catwalk.console.live.clients)", RETRY_SECONDS))
                .filter(event -> key == null || key.isEmpty() || event.key().equals(key))
                .map(event -> event(event, sse));
        Multi<OutboundSseEvent> beats = Multi.createFrom()
                .ticks()
                .startingAfter(Duration.ofMillis(1))
                .every(BEAT)
                .onOverflow()
                .drop()
                .map(unused -> sse.newEventBuilder().name("beat").data("{}").build());
        return Multi.createBy().merging().streams(events, beats);
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
