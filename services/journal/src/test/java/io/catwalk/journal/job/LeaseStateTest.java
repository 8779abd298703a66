package io.catwalk.journal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.catwalk.journal.Asker;
import io.catwalk.journal.Entry;
import io.catwalk.journal.EntryKind;
import io.catwalk.journal.JournalJson;
import io.catwalk.journal.Numbered;
import io.catwalk.journal.job.LeaseEndedException.Cause;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.JobKind;
import io.catwalk.objectstore.Name;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Any sequence of transitions, in any order. */
class LeaseStateTest {
    private static final Name ID = new Name("r1");
    private static final JobFold FOLD = JobFold.accepted(NullNode.getInstance(), "digest", Asker.within("a test"))
            .claimed(new JobFold.LeaseHolder(2, "a"), true, NullNode.getInstance());

    /** What happens to a lease, and the cause by which it ends it. */
    enum Transition {
        APPENDED(Optional.empty()),
        CANCEL_READ(Optional.of(Cause.CANCELLED)),
        CLAIM_READ(Optional.of(Cause.LOST)),
        CLOSE_READ(Optional.of(Cause.LOST)),
        UNKNOWN_READ(Optional.of(Cause.LOST)),
        DEADLINE_PASSED(Optional.of(Cause.DEADLINE_EXCEEDED)),
        RELEASE_ASKED(Optional.of(Cause.RELEASE));

        private final Optional<Cause> cause;

        Transition(Optional<Cause> cause) {
            this.cause = cause;
        }

        LeaseState apply(LeaseState state) {
            JobFold fold = state.job().fold();
            return switch (this) {
                case APPENDED -> state.appended(next(state, EntryKind.PROGRESS, fold.progressed(IntNode.valueOf(1))));
                case CANCEL_READ ->
                    state.read(next(state, EntryKind.CANCELLED, fold.cancelled("not needed", Asker.within("a test"))));
                case CLAIM_READ -> state.read(next(state, EntryKind.CLAIMED, fold));
                case CLOSE_READ -> state.read(next(state, EntryKind.CLOSED, fold));
                case UNKNOWN_READ -> state.readUnknown();
                case DEADLINE_PASSED -> state.deadlinePassed();
                case RELEASE_ASKED -> state.releaseAsked();
            };
        }
    }

    @Property
    void theFirstCauseInTheirOrderCounts(@ForAll List<Transition> transitions) {
        assertThat(after(transitions).cause())
                .isEqualTo(transitions.stream()
                        .flatMap(transition -> transition.cause.stream())
                        .min(Cause::compareTo));
    }

    @Property
    void nothingFollowsLost(@ForAll List<Transition> before, @ForAll List<Transition> after) {
        LeaseState lost = after(before).readUnknown();

        assertThat(after(lost, after)).isEqualTo(lost);
        for (Cause last : Cause.values()) {
            assertThatThrownBy(() -> lost.require(last))
                    .isInstanceOfSatisfying(
                            LeaseEndedException.class, e -> assertThat(e.why()).isEqualTo(Cause.LOST));
        }
    }

    @Property
    void aLeaseGoesOnUnlessACauseUpToTheLastOneHasEndedIt(@ForAll List<Transition> transitions, @ForAll Cause last) {
        LeaseState state = after(transitions);

        if (state.cause().filter(cause -> cause.compareTo(last) <= 0).isPresent()) {
            assertThatThrownBy(() -> state.require(last)).isInstanceOf(LeaseEndedException.class);
        } else {
            assertThatCode(() -> state.require(last)).doesNotThrowAnyException();
        }
    }

    @Property
    void aConclusionAfterACancelMustKnowIt(@ForAll List<Transition> before, @ForAll List<Transition> after) {
        LeaseState cancelled = after(Transition.CANCEL_READ.apply(after(before)), after);

        assertThatThrownBy(() -> cancelled.require(LeaseState.lastBeforeConclusion(false)))
                .isInstanceOf(LeaseEndedException.class);
        if (cancelled.isLost()) {
            assertThatThrownBy(() -> cancelled.require(LeaseState.lastBeforeConclusion(true)))
                    .isInstanceOf(LeaseEndedException.class);
        } else {
            assertThatCode(() -> cancelled.require(LeaseState.lastBeforeConclusion(true)))
                    .doesNotThrowAnyException();
            assertThat(cancelled.job().fold().cancelled()).contains("not needed");
        }
    }

    private static LeaseState after(List<Transition> transitions) {
        return after(LeaseState.claimed(Job.of(ID, numbered(2, EntryKind.CLAIMED, FOLD))), transitions);
    }

    private static LeaseState after(LeaseState first, List<Transition> transitions) {
        LeaseState state = first;
        for (Transition transition : transitions) {
            state = transition.apply(state);
        }
        return state;
    }

    private static Numbered next(LeaseState state, EntryKind kind, JobFold fold) {
        return numbered(state.job().newest().number() + 1, kind, fold);
    }

    private static Numbered numbered(long number, EntryKind kind, JobFold fold) {
        Entry entry = new Entry(Entry.SCHEMA, kind, "a", "n" + number, 0, Optional.empty(), JournalJson.tree(fold));
        return new Numbered(Artifacts.journal(JobKind.RUN, ID), number, entry, Instant.EPOCH);
    }
}
