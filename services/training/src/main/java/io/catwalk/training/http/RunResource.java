package io.catwalk.training.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.chassis.jobs.JobService;
import io.catwalk.events.request.TrainingDefaults;
import io.catwalk.events.request.TrainingRequest;
import io.catwalk.objectstore.Name;
import io.catwalk.training.run.RunDirectory;
import io.catwalk.training.run.RunDirectory.Run;
import io.catwalk.training.run.RunLife;
import io.catwalk.training.run.RunRequests;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.RestPath;

/** Runs. */
@Path("/runs")
@Produces(MediaType.APPLICATION_JSON)
public class RunResource {
    private static final int MOST = 1000;

    private final RunDirectory runs;
    private final JobService jobs;
    private final RunCommands commands;

    @Inject
    RunResource(RunDirectory runs, JobService jobs, RunCommands commands) {
        this.runs = runs;
        this.jobs = jobs;
        this.commands = commands;
    }

    /** The newest first. */
    @GET
    public List<RunView> all(@QueryParam("limit") @DefaultValue("50") int limit) {
        if (limit < 1 || limit > MOST) {
            throw new BadRequestException("limit is " + limit + ", must be 1 to " + MOST);
        }
        return runs.newest(limit).stream().map(this::view).toList();
    }

    @GET
    @Path("{id}")
    public RunView one(@RestPath String id) {
        return view(run(name(id)));
    }

    @GET
    @Path("{id}/curves.csv")
    @Produces("text/csv")
    public String curves(@RestPath String id) {
        Name name = name(id);
        run(name);
        return CurvesCsv.render(jobs.jobs().history(name));
    }

    /** Asks for a run: 202 with its id. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response train(byte[] body) {
        String runId = commands.train(body);
        return Response.accepted(Map.of("runId", runId, "links", RunView.Links.of(runId)))
                .build();
    }

    /** Asks for a run's end, also before its request has come: 202, or 409 for a run that has ended. */
    @POST
    @Path("{id}/cancel")
    public Response cancel(@RestPath String id, byte[] body) {
        Name name = name(id);
        jobs.jobs().find(name).flatMap(job -> job.fold().result()).ifPresent(result -> {
            throw new ClientErrorException("run " + name + " has ended", Response.Status.CONFLICT);
        });
        commands.cancel(name, body);
        return Response.accepted(Map.of("runId", id, "links", RunView.Links.of(id)))
                .build();
    }

    private Run run(Name name) {
        return runs.find(name).orElseThrow(() -> new NotFoundException("no run is named " + name));
    }

    private RunView view(Run run) {
        Optional<JsonNode> shown = run.life() == RunLife.RUNNING ? jobs.progress(run.job()) : Optional.empty();
        int epochs = RunRequests.of(run.job()).map(TrainingRequest::epochs).orElse(TrainingDefaults.EPOCHS);
        return RunView.of(run, shown, epochs);
    }

    private static Name name(String id) {
        if (!Name.isValid(id)) {
            throw new BadRequestException("a run's id must match " + Name.PATTERN);
        }
        return new Name(id);
    }
}
