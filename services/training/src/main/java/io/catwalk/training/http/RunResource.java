package io.catwalk.training.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.access.Role;
import io.catwalk.chassis.jobs.JobConflicts;
import io.catwalk.chassis.jobs.JobDirectory.Listed;
import io.catwalk.chassis.jobs.JobLife;
import io.catwalk.chassis.jobs.JobRequests;
import io.catwalk.chassis.jobs.JobService;
import io.catwalk.chassis.jobs.PageRequest;
import io.catwalk.chassis.reading.Reading;
import io.catwalk.chassis.runs.RunEpochs;
import io.catwalk.events.EventType;
import io.catwalk.objectstore.Name;
import io.catwalk.objectstore.ObjectStore;
import io.catwalk.objectstore.ObjectStore.ObjectSummary;
import io.catwalk.training.run.RunRequests;
import io.catwalk.training.tensorboard.EventFiles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

/** Runs. */
@Path("/runs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Names.VIEWER)
public class RunResource {
    private final JobService jobs;
    private final JobRequests requests;
    private final ObjectStore store;

    @Inject
    RunResource(JobService jobs, JobRequests requests, ObjectStore store) {
        this.jobs = jobs;
        this.requests = requests;
        this.store = store;
    }

    @GET
    @Operation(
            summary = "Runs, the newest first",
            description =
                    PageRequest.DESCRIPTION + " A request of more than 4096 characters is shown with its run alone.")
    @APIResponse(responseCode = "400", description = "The limit isn't 1 to 1000, or after isn't a page's")
    public RestResponse<List<RunView>> all(
            @QueryParam("limit") Optional<String> limit, @QueryParam("after") Optional<String> after) {
        return PageRequest.of(limit, after)
                .of("/runs", jobs.directory(), run -> view(run).brief());
    }

    @GET
    @Path("{id}")
    @Operation(summary = "One run")
    @APIResponse(responseCode = "404", description = "No run has this id")
    public RunView one(@RestPath String id) {
        Listed run = run(name(id));
        return Reading.of(() -> view(run)).orElse(reason -> RunView.unreadable(run, reason));
    }

    @GET
    @Path("{id}/curves.csv")
    @Produces("text/csv")
    @Operation(
            summary = "A run's curves",
            description =
                    "One row for each epoch, those of a run that it resumes first; test figures only where the run asked for them.")
    @APIResponse(responseCode = "404", description = "No run has this id")
    @APIResponse(responseCode = "409", description = "The run can't be read")
    public String curves(@RestPath String id) {
        Name name = name(id);
        run(name);
        return JobConflicts.read(
                "run", name, () -> CurvesCsv.render(RunEpochs.of(jobs.jobs().history(name), jobs.jobs()::history)));
    }

    @GET
    @Path("{id}/journal")
    @Operation(
            summary = "What happened to a run, in order",
            description =
                    "The entries of its journal; those of progress that one trainer made without a break are one line.")
    @APIResponse(responseCode = "404", description = "No run has this id")
    @APIResponse(responseCode = "409", description = "The run can't be read")
    public List<JournalLine> journal(@RestPath String id) {
        Name name = name(id);
        run(name);
        return JobConflicts.read(
                "run", name, () -> JournalLine.of(name, jobs.jobs().history(name)));
    }

    @GET
    @Path("{id}/tensorboard")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    @Operation(
            summary = "A run's event file for TensorBoard",
            description =
                    "All epochs until now, empty before the first one begins; a later copy begins with the same bytes.")
    @APIResponse(responseCode = "404", description = "No run has this id")
    public Response tensorBoard(@RestPath String id) {
        Name name = name(id);
        run(name);
        EventFiles files = new EventFiles(store, name);
        List<ObjectSummary> all = files.all();
        StreamingOutput copy = out -> files.copy(all, out);
        return Response.ok(copy)
                .header(
                        HttpHeaders.CONTENT_LENGTH,
                        all.stream().mapToLong(ObjectSummary::size).sum())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"events.out.tfevents." + name + "\"")
                .build();
    }

    @POST
    @RolesAllowed(Role.Names.OPERATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Ask for a run",
            description = "The body is a training-requested event's JSON; it is sent to that topic.")
    @APIResponse(responseCode = "202", description = "The request is on its topic and in its journal, under this runId")
    @APIResponse(responseCode = "400", description = "The error names the field, its value and what it must be")
    @APIResponse(responseCode = "409", description = "The runId belongs to another request")
    @APIResponse(
            responseCode = "503",
            description = "The broker or the store hasn't acknowledged it; it may yet take effect")
    public Response train(byte[] body) throws InterruptedException {
        var type = EventType.TRAINING_REQUESTED;
        String runId = requests.ask(jobs, type, JobRequests.read(type, body)).value();
        return Response.accepted(Map.of("runId", runId, "links", RunView.Links.of(runId)))
                .build();
    }

    @POST
    @RolesAllowed(Role.Names.OPERATOR)
    @Path("{id}/cancel")
    @Operation(summary = "Ask for a run's end", description = "The body may give a reason: {\"reason\": \"..\"}.")
    @APIResponse(responseCode = "202", description = "The request is on its topic")
    @APIResponse(responseCode = "404", description = "No run has this id")
    @APIResponse(responseCode = "409", description = "The run has ended, or can't be read")
    @APIResponse(responseCode = "503", description = "The broker hasn't acknowledged it; it may yet take effect")
    public Response cancel(@RestPath String id, byte[] body) throws InterruptedException {
        Name name = name(id);
        JobConflicts.requireOpen("run", run(name));
        requests.cancel(EventType.TRAINING_CANCEL_REQUESTED, name, body);
        return Response.accepted(Map.of("runId", id, "links", RunView.Links.of(id)))
                .build();
    }

    private Listed run(Name name) {
        return jobs.directory().find(name).orElseThrow(() -> new NotFoundException("no run is named " + name));
    }

    private RunView view(Listed run) {
        Optional<JsonNode> shown = run.life() == JobLife.RUNNING ? run.job().flatMap(jobs::progress) : Optional.empty();
        Optional<Integer> epochs = run.job().flatMap(RunRequests::of).flatMap(RunRequests::epochs);
        return RunView.of(run, shown, epochs);
    }

    private static Name name(String id) {
        if (!Name.isValid(id)) {
            throw new BadRequestException("a run's id must match " + Name.PATTERN);
        }
        return new Name(id);
    }
}
