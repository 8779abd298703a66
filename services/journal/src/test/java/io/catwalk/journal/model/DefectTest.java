package io.catwalk.journal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way to get the protocol wrong is found, each invariant finds one, and the Java takes none of these ways. */
class DefectTest {
    private static final Bounds BOUNDS = Bounds.of(1);
    private static final int MOST_STATES = 60_000;
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private record Case(Defect defect, String invariant) {
        Case(Defect defect, Invariant invariant) {
            this(defect, invariant.name());
        }

        Explorer.Violation find() {
            Set<Invariant> alone = EnumSet.noneOf(Invariant.class);
            Arrays.stream(Invariant.values())
                    .filter(known -> known.name().equals(invariant))
                    .forEach(alone::add);
            return Explorer.explore(Protocol.with(defect, BOUNDS), alone, MOST_STATES)
                    .violation()
                    .orElseThrow(() -> new AssertionError(defect + " isn't found"));
        }
    }

    private static final List<Case> CASES = List.of(
            new Case(Defect.OVERWRITES, Invariant.ENTRIES_NEVER_CHANGE),
            new Case(Defect.KNOWS_NO_NONCE, Invariant.ONE_HOLDER_PER_CLAIM),
            new Case(Defect.LOST_ANSWER_IS_SUCCESS, Invariant.NO_GAP),
            new Case(Defect.LOST_ANSWER_IS_SUCCESS, Invariant.ANSWERED_REQUESTS_STAND),
            new Case(Defect.LOST_ANSWER_IS_FAILURE, Invariant.ONE_RESULT),
            new Case(Defect.KNOWS_NO_FENCE, Invariant.FENCED),
            new Case(Defect.KNOWS_NO_FENCE, Invariant.CLOSED_LAST),
            new Case(Defect.WAITS_FOR_THE_DEAD, Explorer.CLOSABLE),
            new Case(Defect.WORKS_AFTER_RESULT, Invariant.ONE_RESULT),
            new Case(Defect.STARTS_AGAIN, Invariant.STEPS_IN_ORDER),
            new Case(Defect.PUBLISHES_FIRST, Invariant.EVENTS_STAND),
            new Case(Defect.TRUSTS_THE_BROKER, Invariant.PUBLISHED_IS_AT_THE_BROKER),
            new Case(Defect.FORGETS_ITS_PREDECESSOR, Invariant.EVENTS_IN_ORDER),
            new Case(Defect.CLOSES_BEFORE_PUBLISHING, Invariant.CLOSED_WHEN_PUBLISHED),
            new Case(Defect.UNMARKS_UNREAD, Invariant.MARKED_UNTIL_CLOSED),
            new Case(Defect.UNMARKS_UNREAD, Invariant.UNMARKED_WHEN_CLOSED),
            new Case(Defect.UNMARKS_BEFORE_INDEXING, Invariant.INDEXED_BEFORE_UNMARKED),
            new Case(Defect.CONCLUDES_OVER_A_CANCEL, Invariant.CANCELS_ARE_OBEYED),
            new Case(Defect.CANCELS_UNREAD, Invariant.ONE_CANCEL),
            new Case(Defect.ACCEPTS_AGAIN, Invariant.ONE_ACCEPTANCE),
            new Case(Defect.REPEATS_WITHOUT_MARKER, Invariant.MARKED_UNTIL_CLOSED));

    static Stream<Case> cases() {
        return CASES.stream();
    }

    /** The last step of what is found is none of the Java's: it waits with another call, or something else stands. */
    @ParameterizedTest
    @MethodSource("cases")
    void isFoundAndTheJavaDiffers(Case known) {
        Explorer.Violation found = known.find();

        assertThat(found.invariant()).as(found.toString()).isEqualTo(known.invariant());
        if (!found.invariant().equals(Explorer.CLOSABLE)) {
            assertThatThrownBy(() -> Replay.of(found.trace(), BOUNDS, PATIENCE))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageStartingWith("the Java differs from the model");
        }
    }

    @Test
    void noDefectAndNoInvariantIsLeftOut() {
        assertThat(CASES).extracting(Case::defect).contains(Defect.values());
        assertThat(CASES)
                .extracting(Case::invariant)
                .contains(Stream.of(Invariant.values()).map(Enum::name).toArray(String[]::new));
    }

    @Test
    void aCounterExampleReadsStepByStep() {
        Explorer.Violation found = new Case(Defect.UNMARKS_BEFORE_INDEXING, Invariant.INDEXED_BEFORE_UNMARKED).find();

        assertThat(found.toString())
                .startsWith("INDEXED_BEFORE_UNMARKED doesn't hold:\n")
                .contains("holder A appends  -> 3 claimed (cancelled); holder A: conclude 4, claim 3, knows 3")
                .contains("holder A makes its next call  -> no marker; holder A: idle")
                .contains("events: 4");
    }
}
