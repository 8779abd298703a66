package io.catwalk.evaluation.http;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import io.catwalk.access.Role;
import io.catwalk.chassis.jobs.JobDirectory.Listed;
import io.catwalk.chassis.jobs.JobService;
import io.catwalk.chassis.jobs.PageRequest;
import io.catwalk.chassis.reading.Reading;
import io.catwalk.evaluation.job.Findings;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;

/** Evaluations, by the ids of their runs. */
@Path("/evaluations")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Names.VIEWER)
public class EvaluationResource {
    /** Far above a report of 256 classes and 50 pictures. */
    private static final int MAX_REPORT_BYTES = 64 << 20;

    private final JobService jobs;
    private final KnownEvaluations evaluations;
    private final Blobs blobs;

    @Inject
    EvaluationResource(JobService jobs, KnownEvaluations evaluations, Blobs blobs) {
        this.jobs = jobs;
        this.evaluations = evaluations;
        this.blobs = blobs;
    }

    @GET
    @Operation(summary = "Evaluations, the newest first", description = PageRequest.DESCRIPTION)
    @APIResponse(responseCode = "400", description = "The limit isn't 1 to 1000, or after isn't a page's")
    public RestResponse<List<EvaluationAnswer>> all(
            @QueryParam("limit") Optional<String> limit, @QueryParam("after") Optional<String> after) {
        return PageRequest.of(limit, after)
                .of("/evaluations", jobs.directory(), listed -> answer(listed).brief());
    }

    @GET
    @Path("{runId}")
    @Operation(summary = "How far an evaluation has got, what it found and what was decided")
    @APIResponse(responseCode = "404", description = "No such evaluation was accepted (yet)")
    public EvaluationAnswer evaluation(@PathParam("runId") String runId) {
        Listed listed = KnownEvaluations.find(runId, jobs.directory()::find);
        return Reading.of(() -> answer(listed)).orElse(reason -> EvaluationAnswer.unreadable(listed, reason));
    }

    private EvaluationAnswer answer(Listed listed) {
        return EvaluationAnswer.of(listed, listed.job().flatMap(jobs::progress));
    }

    @GET
    @Path("{runId}/report.json")
    @Operation(summary = "All figures, as JSON")
    @APIResponse(responseCode = "404", description = "It isn't scored (yet)")
    public Response report(@PathParam("runId") String runId) {
        return stored(runId, Findings::reportDigest, MediaType.APPLICATION_JSON);
    }

    @GET
    @Path("{runId}/report.html")
    @Produces(MediaType.TEXT_HTML)
    @Operation(summary = "The report as one page, with its pictures")
    @APIResponse(responseCode = "404", description = "It isn't scored (yet)")
    public Response page(@PathParam("runId") String runId) {
        return stored(runId, Findings::pageDigest, MediaType.TEXT_HTML + ";charset=UTF-8");
    }

    private Response stored(String runId, Function<Findings, String> digest, String mediaType) {
        String named = digest.apply(evaluations.scored(runId));
        return Response.ok(blobs.read(Digest.parse(named), MAX_REPORT_BYTES), mediaType)
                .tag(named)
                .build();
    }
}
