package io.catwalk.evaluation.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.catwalk.access.Role;
import io.catwalk.chassis.http.Inputs;
import io.catwalk.chassis.jobs.PageRequest;
import io.catwalk.evaluation.atlas.Changes;
import io.catwalk.evaluation.atlas.SampleQuery;
import io.catwalk.evaluation.atlas.SampleQuery.Order;
import io.catwalk.evaluation.atlas.ScoredTestSet;
import io.catwalk.evaluation.registry.Registry;
import io.catwalk.evaluation.registry.VersionManifest;
import io.catwalk.evaluation.report.EvaluationReport;
import io.catwalk.evaluation.report.RunFacts;
import io.catwalk.evaluation.scoring.Suspect;
import io.catwalk.evaluation.scoring.SuspectedMislabels;
import io.catwalk.events.ShownValue;
import io.catwalk.objectstore.Name;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.resteasy.reactive.RestResponse;

/** The error atlas: where a run's model is right and wrong on its test set. */
@Path("/evaluations/{runId}")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Names.VIEWER)
public class AtlasResource {
    private static final String CHAMPION = "champion";

    private final KeptTestSets kept;
    private final Registry registry;

    @Inject
    AtlasResource(KeptTestSets kept, Registry registry) {
        this.kept = kept;
        this.registry = registry;
    }

    /** Whether samples' predictions are right. */
    enum Outcome {
        RIGHT,
        WRONG
    }

    /** How samples' predictions changed. */
    enum Change {
        NEWLY_RIGHT,
        NEWLY_WRONG
    }

    @GET
    @Path("/samples")
    @Operation(
            summary = "Images of the test set with the model's answers",
            description =
                    "label and predicted choose a cell of the confusion matrix, outcome is right or wrong, order is"
                            + " index or confidence, the highest first: the most confident mistakes are outcome=wrong and"
                            + " order=confidence. " + PageRequest.DESCRIPTION)
    @APIResponse(responseCode = "400", description = "A field is wrong; the answer names it")
    @APIResponse(responseCode = "404", description = "No such evaluation, or it has no report (yet)")
    @APIResponse(responseCode = "409", description = "An older release made it, and didn't keep what is needed")
    public RestResponse<AtlasAnswer.Samples> samples(
            @PathParam("runId") String runId,
            @QueryParam("label") Optional<String> label,
            @QueryParam("predicted") Optional<String> predicted,
            @QueryParam("outcome") Optional<String> outcome,
            @QueryParam("order") Optional<String> order,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        PageRequest page = PageRequest.of(limit, after);
        ScoredTestSet set = kept.testSet(runId);
        int last = set.report().labelNames().size() - 1;
        SampleQuery query = new SampleQuery(
                label.map(text -> Inputs.whole("label", text, 0, last)),
                predicted.map(text -> Inputs.whole("predicted", text, 0, last)),
                outcome.map(text -> choice("outcome", text, Outcome.class) == Outcome.RIGHT),
                order.map(text -> choice("order", text, Order.class)).orElse(Order.INDEX));
        if (query.order() == Order.CONFIDENCE && set.confidences().isEmpty()) {
            throw KeptTestSets.olderRelease(runId, "confidences");
        }
        List<Integer> found = query.in(set);
        RunFacts run = set.report().run();
        return page(
                page,
                new Query("/evaluations/" + runId + "/samples")
                        .with("label", label)
                        .with("predicted", predicted)
                        .with("outcome", outcome)
                        .with("order", order),
                found,
                images -> new AtlasAnswer.Samples(
                        runId,
                        run.dataset(),
                        run.datasetDigest(),
                        found.size(),
                        images.stream()
                                .map(image -> AtlasAnswer.Sample.of(set, image))
                                .toList()));
    }

    @GET
    @Path("/suspects")
    @Operation(
            summary = "Images of the test set whose labels look wrong, the surest first",
            description =
                    "By confident learning, for people to look at: nothing is chosen by it. total counts all, of which the"
                            + " report keeps the first " + SuspectedMislabels.MOST + ". " + PageRequest.DESCRIPTION)
    @APIResponse(responseCode = "400", description = "A field is wrong; the answer names it")
    @APIResponse(responseCode = "404", description = "No such evaluation, or it has no report (yet)")
    @APIResponse(responseCode = "409", description = "An older release made it, and looked for none")
    public RestResponse<AtlasAnswer.Suspects> suspects(
            @PathParam("runId") String runId,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        PageRequest page = PageRequest.of(limit, after);
        EvaluationReport report = kept.report(runId);
        SuspectedMislabels found =
                report.suspects().orElseThrow(() -> KeptTestSets.olderRelease(runId, "suspected mislabels"));
        List<Suspect> suspects = found.images();
        return page(
                page,
                new Query("/evaluations/" + runId + "/suspects"),
                suspects,
                shown -> new AtlasAnswer.Suspects(
                        runId,
                        report.run().dataset(),
                        report.run().datasetDigest(),
                        found.count(),
                        found.thresholds(),
                        shown));
    }

    @GET
    @Path("/changes")
    @Operation(
            summary =
                    "Images of the test set that this model gets right and another version wrong, or the other way round",
            description =
                    "against is a version of the same model, or champion, the one that was stable when this was evaluated;"
                            + " change is newly-right or newly-wrong, both unless named. " + PageRequest.DESCRIPTION)
    @APIResponse(responseCode = "400", description = "A field is wrong; the answer names it")
    @APIResponse(
            responseCode = "404",
            description = "No such evaluation or version, no report (yet), or there was no champion")
    @APIResponse(
            responseCode = "409",
            description = "They were scored on different test sets, or one kept no predictions")
    public RestResponse<AtlasAnswer.Changed> changes(
            @PathParam("runId") String runId,
            @QueryParam("against") Optional<String> against,
            @QueryParam("change") Optional<String> change,
            @QueryParam("limit") Optional<String> limit,
            @QueryParam("after") Optional<String> after) {
        PageRequest page = PageRequest.of(limit, after);
        Optional<Change> wanted = change.map(text -> choice("change", text, Change.class));
        ScoredTestSet set = kept.testSet(runId);
        VersionManifest other = version(set.report(), against.orElse(CHAMPION));
        ScoredTestSet before = kept.testSet(other.runId());
        if (!set.isComparable(before)) {
            throw new ClientErrorException(
                    "against is version %d, which was scored on another test set, of dataset %s %s"
                            .formatted(
                                    other.version(),
                                    other.dataset(),
                                    other.digests().data()),
                    Response.Status.CONFLICT);
        }
        Changes changes = Changes.of(before, set);
        List<Integer> found = wanted.map(kind -> switch (kind) {
                    case NEWLY_RIGHT -> changes.newlyRight();
                    case NEWLY_WRONG -> changes.newlyWrong();
                })
                .orElseGet(changes::all);
        RunFacts run = set.report().run();
        return page(
                page,
                new Query("/evaluations/" + runId + "/changes")
                        .with("against", against)
                        .with("change", change),
                found,
                images -> new AtlasAnswer.Changed(
                        runId,
                        run.dataset(),
                        run.datasetDigest(),
                        new AtlasAnswer.Against(other.version(), other.runId()),
                        changes.newlyRight().size(),
                        changes.newlyWrong().size(),
                        images.stream()
                                .map(image -> AtlasAnswer.Change.of(before, set, image))
                                .toList()));
    }

    private VersionManifest version(EvaluationReport report, String against) {
        long number = against.equals(CHAMPION)
                ? report.assessment().opponent().version()
                : Inputs.whole("against", against, 1, Integer.MAX_VALUE);
        Name model = new Name(report.run().model());
        if (number == 0) {
            throw new NotFoundException("model " + model + " had no champion when run "
                    + report.run().runId() + " was evaluated; against may name a version");
        }
        return registry.version(model, number)
                .orElseThrow(() -> new NotFoundException("model " + model + " has no version " + number));
    }

    /** Items are numbered by their places in the list. */
    private static <T, A> RestResponse<A> page(
            PageRequest page, Query query, List<T> items, Function<List<T>, A> view) {
        int first = page.first(items.size());
        int end = Math.min(items.size(), first + page.limit());
        return page.of(
                query.address(),
                view.apply(items.subList(first, end)),
                end < items.size() ? OptionalInt.of(end - 1) : OptionalInt.empty());
    }

    private static <E extends Enum<E>> E choice(String field, String text, Class<E> choices) {
        return Arrays.stream(choices.getEnumConstants())
                .filter(choice -> shown(choice).equals(text))
                .findFirst()
                .orElseThrow(() -> new BadRequestException("%s is %s, must be one of %s"
                        .formatted(
                                field,
                                ShownValue.of(text),
                                Arrays.stream(choices.getEnumConstants())
                                        .map(AtlasResource::shown)
                                        .collect(Collectors.joining(", ")))));
    }

    private static String shown(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The address of a list, whose values are known to need no escapes. */
    private record Query(String address) {
        Query with(String field, Optional<String> value) {
            String joint = address.contains("?") ? "&" : "?";
            return value.map(text -> new Query(address + joint + field + "=" + text))
                    .orElse(this);
        }
    }
}
