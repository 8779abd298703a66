package io.catwalk.console.page;

import static io.catwalk.console.service.Service.EVALUATION;
import static io.catwalk.console.service.Service.INGESTION;
import static io.catwalk.console.service.Service.SERVING;
import static io.catwalk.console.service.Service.TRAINING;

import io.catwalk.access.Role;
import io.catwalk.console.live.RecentEvents;
import io.catwalk.console.service.ServiceCalls;
import io.catwalk.events.EventType;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What is on now, as a diagram with live numbers. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
@RolesAllowed(Role.Names.VIEWER)
@RunOnVirtualThread
public class PipelinePage {
    private static final int NEWEST = 20;
    private static final String JOBS = "/jobs";

    private final Template pipeline;
    private final ServiceCalls services;
    private final RecentEvents recent;

    PipelinePage(Template pipeline, ServiceCalls services, RecentEvents recent) {
        this.pipeline = pipeline;
        this.services = services;
        this.recent = recent;
    }

    @GET
    @Operation(summary = "The pipeline's page")
    public TemplateInstance page() {
        var ingestion = services.get(INGESTION, JOBS);
        var training = services.get(TRAINING, JOBS);
        var evaluation = services.get(EVALUATION, JOBS);
        var serving = services.get(SERVING, "/v1/models");
        var runs = services.get(TRAINING, "/runs?limit=" + NEWEST);
        var ingestions = services.get(INGESTION, "/ingestions?limit=" + NEWEST);
        return pipeline.data("ingestion", ingestion.join())
                .data("training", training.join())
                .data("evaluation", evaluation.join())
                .data("serving", serving.join())
                .data("runs", runs.join())
                .data("ingestions", ingestions.join())
                .data("promoted", recent.newest(EventType.MODEL_PROMOTED.topic()))
                .data("rejected", recent.newest(EventType.MODEL_REJECTED.topic()))
                .data("letters", recent.deadLetters())
                .data("heard", recent.heard().orElse(null));
    }
}
