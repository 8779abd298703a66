package io.catwalk.ingestion.http;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.catwalk.access.Role;
import io.catwalk.chassis.datasets.DatasetStore;
import io.catwalk.chassis.jobs.JobRequests;
import io.catwalk.chassis.jobs.JobService;
import io.catwalk.chassis.jobs.PageRequest;
import io.catwalk.chassis.reading.Reading;
import io.catwalk.dataset.DatasetDecision;
import io.catwalk.dataset.DatasetManifest;
import io.catwalk.events.EventType;
import io.catwalk.journal.decision.DecisionEntry;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;

/** The datasets. */
@Path("/datasets")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Names.VIEWER)
public class DatasetsResource {
    private static final int MAX_PICTURE_BYTES = 64 << 20;
    private static final int MAX_REPORT_BYTES = 1 << 20;

    private final DatasetStore datasets;
    private final Blobs blobs;
    private final JobService jobs;
    private final JobRequests requests;

    @Inject
    DatasetsResource(DatasetStore datasets, Blobs blobs, JobService jobs, JobRequests requests) {
        this.datasets = datasets;
        this.blobs = blobs;
        this.jobs = jobs;
        this.requests = requests;
    }

    @POST
    @RolesAllowed(Role.Names.OPERATOR)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Ask for a dataset to be ingested",
            description = "The body is a catwalk.dataset.v1.DatasetRequested as JSON; it is sent as that event.")
    @APIResponse(responseCode = "202", description = "The event is sent; Location leads to the ingestion")
    @APIResponse(responseCode = "400", description = "A field is wrong; the answer names it")
    @APIResponse(responseCode = "409", description = "The id belongs to another request")
    @APIResponse(responseCode = "503", description = "The broker or the store can't be reached")
    public Response request(byte[] body) throws InterruptedException {
        var type = EventType.DATASET_REQUESTED;
        Name ingestion = requests.ask(jobs, type, JobRequests.read(type, body));
        return Response.accepted(Map.of("ingestionId", ingestion.value()))
                .location(URI.create("/ingestions/" + ingestion))
                .build();
    }

    @GET
    @Operation(summary = "What was last decided of each dataset, by name", description = PageRequest.DESCRIPTION)
    @APIResponse(responseCode = "400", description = "The limit isn't 1 to 1000, or after is no name")
    public RestResponse<List<DecisionAnswer>> all(
            @QueryParam("limit") Optional<String> limit, @QueryParam("after") Optional<String> after) {
        return PageRequest.of(limit, after).of("/datasets", datasets.names(), this::newest);
    }

    private Optional<DecisionAnswer> newest(Name name) {
        return Reading.of(() -> datasets.newest(name).map(entry -> DecisionAnswer.of(name.value(), entry)))
                .orElse(reason -> Optional.of(DecisionAnswer.unreadable(name.value(), reason)));
    }

    @GET
    @Path("/{name}")
    @Operation(summary = "A dataset: its manifest and all that was decided of it")
    @APIResponse(responseCode = "404", description = "Nothing was decided of such a dataset")
    public DatasetAnswer dataset(@PathParam("name") String name) {
        Reading<Known> reading = Reading.of(() -> Known.of(name, entries(name)));
        return switch (reading) {
            case Reading.Readable<Known>(Known known) ->
                DatasetAnswer.of(name, known.history(), known.ready(), manifest(known.ready()));
            case Reading.Unreadable<Known>(String reason) -> DatasetAnswer.unreadable(name, reason);
        };
    }

    /** One of a later release can't be read, which takes nothing away from what was decided. */
    private Optional<DatasetManifest> manifest(Optional<DatasetDecision> ready) {
        return Reading.of(() -> ready.flatMap(DatasetDecision::digest)
                        .map(Digest::parse)
                        .map(datasets::manifest))
                .orElse(unreadable -> Optional.empty());
    }

    @GET
    @Path("/{name}/samples.png")
    @Produces("image/png")
    @Operation(summary = "A picture of the first images of each class")
    @APIResponse(responseCode = "404", description = "No content of such a dataset is ready")
    public byte[] samples(@PathParam("name") String name) {
        Digest sheet = ready(entries(name))
                .flatMap(DatasetDecision::sampleSheet)
                .map(Digest::parse)
                .orElseThrow(() -> new NotFoundException("no content of dataset " + name + " is ready"));
        return blobs.read(sheet, MAX_PICTURE_BYTES);
    }

    @GET
    @Path("/{name}/report")
    @Operation(
            summary = "What is to know of a dataset before one trains on it",
            description = "Classes, imbalance, duplicates within and across splits, files that were skipped.")
    @APIResponse(
            responseCode = "404",
            description = "No content of such a dataset is ready, or its ingestion made no report")
    public byte[] report(@PathParam("name") String name) {
        Digest report = ready(entries(name))
                .flatMap(DatasetDecision::report)
                .map(Digest::parse)
                .orElseThrow(() -> new NotFoundException("there is no report of dataset " + name));
        return blobs.read(report, MAX_REPORT_BYTES);
    }

    private List<DecisionEntry> entries(String name) {
        List<DecisionEntry> entries =
                Name.isValid(name) ? datasets.journal(new Name(name)).entries() : List.of();
        if (entries.isEmpty()) {
            throw new NotFoundException("no dataset has that name");
        }
        return entries;
    }

    private static Optional<DatasetDecision> ready(List<DecisionEntry> entries) {
        return entries.reversed().stream()
                .map(entry -> entry.decision(DatasetDecision.class))
                .filter(DatasetDecision::isReady)
                .findFirst();
    }

    /** @param ready the newest content that is */
    private record Known(List<DecisionAnswer> history, Optional<DatasetDecision> ready) {
        static Known of(String dataset, List<DecisionEntry> entries) {
            return new Known(
                    entries.stream()
                            .map(entry -> DecisionAnswer.of(dataset, entry))
                            .toList(),
                    DatasetsResource.ready(entries));
        }
    }
}
