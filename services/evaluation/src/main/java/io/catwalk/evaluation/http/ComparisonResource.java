package io.catwalk.evaluation.http;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.catwalk.access.Role;
import io.catwalk.chassis.jobs.JobService;
import io.catwalk.evaluation.comparison.choice.ChosenRuns;
import io.catwalk.evaluation.comparison.choice.NotComparableException;
import io.catwalk.evaluation.job.EvaluationHandler;
import io.catwalk.evaluation.report.page.ComparisonPage;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Several runs side by side. */
@Path("/comparisons")
@RolesAllowed(Role.Names.VIEWER)
public class ComparisonResource {
    private final ChosenRuns chosen;
    private final ComparisonPage page = new ComparisonPage();

    @Inject
    ComparisonResource(JobService evaluations, EvaluationHandler.Sources sources) {
        this.chosen = new ChosenRuns(evaluations.jobs(), sources.runs(), sources.local(), sources.blobs());
    }

    @GET
    @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
    @Operation(
            summary = "Two to eight runs as one page: curves, overfitting, and where the models disagree",
            description = "runs names them, separated by commas.")
    @APIResponse(responseCode = "400", description = "The error names the run and what is wrong with it")
    @APIResponse(responseCode = "404", description = "There is no such run")
    @APIResponse(responseCode = "409", description = "A run has no evaluated model, or not yet")
    public byte[] compare(@QueryParam("runs") Optional<String> runs) {
        List<String> ids = runs.filter(named -> !named.isEmpty())
                .map(named -> Arrays.asList(named.split(",", -1)))
                .orElse(List.of());
        try {
            return render(ids);
        } catch (NotComparableException e) {
            throw switch (e.why()) {
                case BAD_INPUT -> new BadRequestException(e.getMessage());
                case NOT_FOUND -> new NotFoundException(e.getMessage());
                case NO_MODEL -> new ClientErrorException(e.getMessage(), Response.Status.CONFLICT);
            };
        }
    }

    /** One at a time, as each has a dataset on the disk. */
    private synchronized byte[] render(List<String> ids) throws NotComparableException {
        return chosen.compare(ids, page::render);
    }
}
