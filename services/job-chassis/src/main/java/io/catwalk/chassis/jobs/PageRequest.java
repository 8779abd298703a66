package io.catwalk.chassis.jobs;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

import io.catwalk.chassis.http.Inputs;
import io.catwalk.chassis.jobs.JobDirectory.Listed;
import io.catwalk.events.ShownValue;
import io.catwalk.journal.job.JobPlace;
import io.catwalk.objectstore.Name;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/**
 * Which page of a list is requested. An answer is a page's items; the next page's address is in its {@code Link} header with
 * {@code rel="next"}, and there is none on the last page. Source: RFC 8288.
 *
 * @param limit most items on the page
 * @param after what the page comes after, as the link before it had it
 */
public record PageRequest(int limit, Optional<String> after) {
    /** Items on a page whose request names no limit. */
    public static final int DEFAULT_LIMIT = 50;
    /** Most items on a page. */
    public static final int MAX_LIMIT = 1000;
    /** The header that says why a list may not have all items: {@code building} while its index is built. */
    public static final String INDEX_HEADER = "Catwalk-Index";

    /** What a list's {@code limit} and {@code after} are, for its OpenAPI description. */
    public static final String DESCRIPTION =
            "limit is 1 to 1000, 50 unless named. The Link header leads to the next page.";

    /**
     * From a query's parameters.
     *
     * @throws BadRequestException when the limit isn't 1 to {@link #MAX_LIMIT}
     */
    public static PageRequest of(Optional<String> limit, Optional<String> after) {
        int number =
                limit.map(text -> Inputs.whole("limit", text, 1, MAX_LIMIT)).orElse(DEFAULT_LIMIT);
        return new PageRequest(number, after.filter(text -> !text.isEmpty()));
    }

    /** A page of jobs, each as its view. */
    public <T> RestResponse<List<T>> of(String path, JobDirectory jobs, Function<Listed, T> view) {
        Optional<JobPlace> place = after.map(PageRequest::place);
        JobDirectory.Page<T> page = jobs.page(place, limit, view);
        ResponseBuilder<List<T>> answer = answer(path, page.jobs(), page.next().map(JobPlace::token));
        return (page.complete() ? answer : answer.header(INDEX_HEADER, "building")).build();
    }

    /**
     * A page of things by their names.
     *
     * @param names all of them
     * @param view empty for one that isn't there after all
     */
    public <T> RestResponse<List<T>> of(String path, List<Name> names, Function<Name, Optional<T>> view) {
        Optional<Name> last = after.map(PageRequest::name);
        List<Name> left = names.stream()
                .sorted()
                .filter(name -> last.isEmpty() || name.compareTo(last.get()) > 0)
                .toList();
        List<Name> page = left.subList(0, Math.min(limit, left.size()));
        Optional<String> next =
                page.size() < left.size() ? Optional.of(page.getLast().value()) : Optional.empty();
        List<T> items = page.stream().flatMap(name -> view.apply(name).stream()).toList();
        return answer(path, items, next).build();
    }

    /**
     * The first place on the page, of things in an order that never changes, numbered from 0.
     *
     * @param places how many there are
     * @throws BadRequestException when {@code after} isn't one of theirs
     */
    public int first(int places) {
        return after.map(text -> Inputs.whole("after", text, 0, Math.max(0, places - 1)) + 1)
                .orElse(0);
    }

    /**
     * A page of things by their places, in an answer of its own form.
     *
     * @param address of the list, with the query that chooses what is on it
     * @param last the place that the next page comes after; empty on the last one
     */
    public <T> RestResponse<T> of(String address, T body, OptionalInt last) {
        Optional<String> next = last.isPresent() ? Optional.of(Integer.toString(last.getAsInt())) : Optional.empty();
        return answer(address, body, next).build();
    }

    private <T> ResponseBuilder<T> answer(String address, T body, Optional<String> next) {
        ResponseBuilder<T> answer = ResponseBuilder.ok(body);
        String joint = address.contains("?") ? "&" : "?";
        next.ifPresent(last -> answer.header(
                HttpHeaders.LINK, "<%s%slimit=%d&after=%s>; rel=\"next\"".formatted(address, joint, limit, last)));
        return answer;
    }

    private static JobPlace place(String token) {
        return JobPlace.of(token)
                .orElseThrow(() -> new BadRequestException(
                        "after is " + ShownValue.of(token) + ", must be that of a page's Link to the next"));
    }

    private static Name name(String text) {
        if (!Name.isValid(text)) {
            throw new BadRequestException("after is " + ShownValue.of(text) + ", must match " + Name.PATTERN);
        }
        return new Name(text);
    }
}
