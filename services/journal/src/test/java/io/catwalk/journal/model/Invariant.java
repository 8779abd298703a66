package io.catwalk.journal.model;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import io.catwalk.journal.EntryKind;
import io.catwalk.journal.job.JobResult.Outcome;
import io.catwalk.journal.model.Client.Answer;
import io.catwalk.journal.model.Client.Phase;
import io.catwalk.journal.model.Client.Role;

/**
 * What holds after each step. Where one speaks of an entry, it is asked for the newest: each was the newest once, and none
 * changes.
 */
enum Invariant {
    /** Entries are numbered without a gap. */
    NO_GAP(after -> !after.bucket().journal().contains(Entry.ABSENT)),
    /** An entry is created once, and neither changes nor goes. */
    ENTRIES_NEVER_CHANGE((before, after) ->
            before.bucket().journal().size() <= after.bucket().journal().size()
                    && after.bucket()
                            .journal()
                            .subList(0, before.bucket().journal().size())
                            .equals(before.bucket().journal())),
    /** A request is accepted once, however often it arrives. */
    ONE_ACCEPTANCE(after -> count(after, EntryKind.ACCEPTED) <= 1),
    /** A job is cancelled at most once, and not after its result. */
    ONE_CANCEL(after -> count(after, EntryKind.CANCELLED) <= 1
            && !(newest(after).is(EntryKind.CANCELLED)
                    && newest(after).fold().outcome().isPresent())),
    /** A job has at most one result. */
    ONE_RESULT(after -> count(after, EntryKind.RESULT) <= 1),
    /** A journal is closed after its result, and nothing follows. */
    CLOSED_LAST(after -> closedLast(after)),
    /** What only a lease holder may append is appended under the lease that stands before it: a zombie appends nothing. */
    FENCED(after -> fenced(after)),
    /** Each step of the work is recorded once, in order, and none after the result. */
    STEPS_IN_ORDER(after -> stepsInOrder(after)),
    /** No two holders have the same claim. */
    ONE_HOLDER_PER_CLAIM((before, after) -> {
        Set<Integer> claims = new HashSet<>();
        return after.holders().stream().filter(Holder::hasClaim).allMatch(holder -> claims.add(holder.claimed()));
    }),
    /** An event is that of an entry which stands, under one id and with one content. */
    EVENTS_STAND((before, after) -> {
        Set<Integer> ids = new HashSet<>();
        return after.broker().stream()
                .allMatch(event -> ids.add(event.number())
                        && after.bucket()
                                .entry(event.number())
                                .filter(event.entry()::equals)
                                .isPresent());
    }),
    /** Events are first published in the order of their entries, and none is left out. */
    EVENTS_IN_ORDER((before, after) -> {
        List<Integer> ids = after.broker().stream().map(Publication::number).toList();
        return ids.equals(
                events(after).subList(0, Math.min(ids.size(), events(after).size())));
    }),
    /** What an entry, or a holder, takes for published the broker has. */
    PUBLISHED_IS_AT_THE_BROKER((before, after) ->
            isPublished(after, newest(after).published())
                    && after.holders().stream().allMatch(holder -> isPublished(after, holder.published()))),
    /** A journal is closed when all its events are published. */
    CLOSED_WHEN_PUBLISHED((before, after) ->
            !after.bucket().isClosed() || after.broker().size() >= events(after).size()),
    /** Whoever cancels and is told so has ended the job by that: its result, if it has one, knows of the cancel. */
    CANCELS_ARE_OBEYED((before, after) -> cancelsObeyed(after)),
    /** A request that was answered stands in the journal. */
    ANSWERED_REQUESTS_STAND((before, after) -> after.clients().stream()
            .noneMatch(client -> client.role() == Role.REQUEST
                    && client.phase() == Phase.DONE
                    && !after.bucket().fold(after.bucket().newest()).requested())),
    /** A job that was answered has its marker until it is closed. */
    MARKED_UNTIL_CLOSED((before, after) -> after.bucket().marker()
            || after.bucket().isClosed()
            || after.clients().stream()
                    .noneMatch(client -> client.role() == Role.REQUEST && client.phase() == Phase.DONE)),
    /** A marker goes only when the job is closed. */
    UNMARKED_WHEN_CLOSED((before, after) -> after.bucket().marker()
            || !before.bucket().marker()
            || after.bucket().isClosed()),
    /** A marker goes only after the index tells how the job ended. */
    INDEXED_BEFORE_UNMARKED((before, after) -> after.bucket().marker()
            || !before.bucket().marker()
            || after.bucket().closed());

    private final BiPredicate<State, State> holds;

    /** Of the journal alone. */
    Invariant(Predicate<State> holds) {
        this((before, after) -> before.bucket().journal() == after.bucket().journal() || holds.test(after));
    }

    Invariant(BiPredicate<State, State> holds) {
        this.holds = holds;
    }

    /** Whether it holds after a step. */
    boolean holds(State before, State after) {
        return holds.test(before, after);
    }

    private static Entry newest(State state) {
        return state.bucket().entry(state.bucket().newest()).orElse(Entry.ABSENT);
    }

    private static Entry secondNewest(State state) {
        return state.bucket().entry(state.bucket().newest() - 1).orElse(Entry.ABSENT);
    }

    private static long count(State state, EntryKind kind) {
        return state.bucket().journal().stream().filter(entry -> entry.is(kind)).count();
    }

    private static boolean closedLast(State state) {
        boolean closed = newest(state).is(EntryKind.CLOSED);
        return !secondNewest(state).is(EntryKind.CLOSED)
                && !(closed && newest(state).fold().outcome().isEmpty());
    }

    private static boolean fenced(State state) {
        Entry entry = newest(state);
        return switch (entry.kind()) {
            case PROGRESS, RELEASED, RESULT, CLOSED ->
                secondNewest(state).fold().claimed() != 0
                        && secondNewest(state).fold().holder() == entry.writer();
            case ACCEPTED, CLAIMED, CANCELLED, DECIDED -> true;
        };
    }

    private static boolean stepsInOrder(State state) {
        Entry entry = newest(state);
        int before = secondNewest(state).fold().step();
        return entry.fold().step() == (entry.is(EntryKind.PROGRESS) ? before + 1 : before)
                && !(entry.is(EntryKind.PROGRESS)
                        && secondNewest(state).fold().outcome().isPresent());
    }

    private static List<Integer> events(State state) {
        List<Entry> journal = state.bucket().journal();
        return IntStream.rangeClosed(1, journal.size())
                .filter(number -> journal.get(number - 1).event())
                .boxed()
                .toList();
    }

    /** Whether the broker has an event and all before it. */
    private static boolean isPublished(State state, int number) {
        List<Integer> ids = state.broker().stream().map(Publication::number).toList();
        return ids.containsAll(
                events(state).stream().filter(event -> event <= number).toList());
    }

    private static boolean cancelsObeyed(State state) {
        Client canceller = state.client(State.CANCELLER);
        Fold fold = state.bucket().fold(state.bucket().newest());
        boolean told = canceller.phase() == Phase.DONE && canceller.answered(Answer.ACCEPTED);
        boolean tooLate = canceller.phase() == Phase.DONE && canceller.answered(Answer.TOO_LATE);
        boolean ignored = fold.cancelled()
                && fold.outcome().isPresent()
                && !fold.outcome().get().equals(Outcome.CANCELLED);
        return !ignored
                && !(told && !fold.cancelled())
                && !(tooLate && fold.outcome().isEmpty());
    }
}
