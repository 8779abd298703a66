package io.catwalk.chassis.jobs;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.catwalk.access.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** How much a service has to do. */
@Path("/jobs")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Names.VIEWER)
public class OpenJobsResource {
    /** As a count reads each open job. */
    private static final Duration COUNTED_AGAIN_AFTER = Duration.ofSeconds(3);

    private final JobServices services;
    private final Clock clock;
    private OpenJobs newest = new OpenJobs(Instant.MIN, Map.of());

    @Inject
    OpenJobsResource(JobServices services, Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    /**
     * The jobs that aren't over.
     *
     * @param asOf when they were counted, by this service's clock
     * @param open how many there are, by kind, as {@code runs}, and state
     */
    public record OpenJobs(Instant asOf, Map<String, Map<JobLife, Long>> open) {
        public OpenJobs {
            open = Map.copyOf(open);
        }
    }

    @GET
    @Operation(
            summary = "How many jobs of each kind wait, are open, run or can't be read",
            description = "Counted again when the last count is older than 3 s.")
    @APIResponse(responseCode = "503", description = "The store is unavailable")
    public synchronized OpenJobs open() {
        Instant now = clock.instant();
        if (newest.asOf().plus(COUNTED_AGAIN_AFTER).isBefore(now)) {
            newest = new OpenJobs(now, services.countOpen());
        }
        return newest;
    }
}
