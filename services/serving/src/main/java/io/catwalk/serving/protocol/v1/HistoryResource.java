package io.catwalk.serving.protocol.v1;

import static io.catwalk.serving.protocol.http.ModelPath.MODEL;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.catwalk.access.Role;
import io.catwalk.chassis.http.Inputs;
import io.catwalk.events.ShownValue;
import io.catwalk.objectstore.Name;
import io.catwalk.serving.refusal.RefusedException;
import io.catwalk.serving.refusal.Shown;
import io.catwalk.serving.registry.LabelHistory;
import io.catwalk.serving.registry.PastPromotion;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** What a model's labels pointed at, now and before. */
@Path("/v1/models")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@Tag(name = "TensorFlow Serving v1")
@RolesAllowed(Role.Names.VIEWER)
public class HistoryResource {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 1000;

    private final LabelHistory history;

    public HistoryResource(LabelHistory history) {
        this.history = history;
    }

    @GET
    @Path("/" + MODEL + "/history")
    @Operation(summary = "What each label of a model pointed at, at a time or ever", description = """
                    With at the promotion that each label stood at then, by label; without it all promotions, the newest first, in \
                    pages whose Link header leads to the next. since is the time on the store's clock. A refused promotion moves no \
                    label and isn't listed.""")
    @APIResponse(responseCode = "200", description = "An empty list before the first promotion")
    @APIResponse(
            responseCode = "400",
            description = "at is no time, the limit isn't 1 to 1000, or after isn't a page's")
    @APIResponse(responseCode = "404", description = "No such model")
    @APIResponse(responseCode = "409", description = "A label's journal can't be read")
    @APIResponse(responseCode = "503", description = "The store is unavailable")
    public RestResponse<ModelHistory> history(
            @PathParam("model") String model,
            @Parameter(description = "A time of RFC 3339, as 2026-01-31T12:00:00Z") @QueryParam("at")
                    Optional<String> at,
            @Parameter(description = "Most promotions on a page, 1 to 1000, 50 unless named") @QueryParam("limit")
                    Optional<String> limit,
            @Parameter(description = "What the page comes after, as the link to it has it") @QueryParam("after")
                    Optional<String> after) {
        if (at.isPresent()) {
            Instant time = Inputs.time("at", at.get());
            List<PastPromotion> labels =
                    known(model).flatMap(name -> history.at(name, time)).orElseThrow(() -> unknown(model));
            return RestResponse.ok(new ModelHistory(model, Optional.of(time), labels));
        }
        int most = limit.map(text -> Inputs.whole("limit", text, 1, MAX_LIMIT)).orElse(DEFAULT_LIMIT);
        List<PastPromotion> all = known(model).flatMap(history::all).orElseThrow(() -> unknown(model));
        int first = after.map(place -> placeAfter(all, place)).orElse(0);
        int end = Math.min(first + most, all.size());
        ResponseBuilder<ModelHistory> page =
                ResponseBuilder.ok(new ModelHistory(model, Optional.empty(), all.subList(first, end)));
        if (end < all.size()) {
            page.header(
                    HttpHeaders.LINK,
                    "</v1/models/%s/history?limit=%d&after=%s>; rel=\"next\""
                            .formatted(model, most, place(all.get(end - 1))));
        }
        return page.build();
    }

    private static Optional<Name> known(String model) {
        return Optional.of(model).filter(Name::isValid).map(Name::new);
    }

    private static RefusedException unknown(String model) {
        return RefusedException.notFound("no model '" + Shown.of(model) + "' is known");
    }

    /** Of the promotion after that one. */
    private static int placeAfter(List<PastPromotion> all, String place) {
        int index = all.stream().map(HistoryResource::place).toList().indexOf(place);
        if (index < 0) {
            throw new BadRequestException(
                    "after is " + ShownValue.of(place) + ", must be that of a page's Link to the next");
        }
        return index + 1;
    }

    /** A promotion's label and entry, which newer promotions don't change. */
    private static String place(PastPromotion promotion) {
        return promotion.label() + "/" + promotion.entry();
    }

    /**
     * @param at the time asked for; absent for the whole history
     * @param labels the promotions that moved the labels
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    public record ModelHistory(String model, Optional<Instant> at, List<PastPromotion> labels) {}
}
