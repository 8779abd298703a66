package io.catwalk.journal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** All states of the protocol. */
class ProtocolTest {
    private static final String DISTURBANCES = "catwalk.model.disturbances";
    private static final String KINDS = "catwalk.model.kinds";
    private static final String STEPS = "catwalk.model.steps";
    private static final int MOST_STATES = 40_000_000;

    /** Properties take it further: {@value #DISTURBANCES}, as 3, {@value #KINDS}, as CRASH,PAUSE, and {@value #STEPS}. */
    @Test
    void holdsInAllStatesWithAnyTwoDisturbances(TestReporter reporter) {
        int disturbances = Integer.getInteger(DISTURBANCES, 2);
        int steps = Integer.getInteger(STEPS, 1);
        Bounds bounds = Bounds.of(disturbances).withSteps(steps).with(kinds());
        Explorer.Exploration all = explore(bounds, reporter);

        assertThat(all.violation()).as(all.toString()).isEmpty();
        if (bounds.equals(Bounds.of(2))) {
            // As services/decisions says. Another number: the model has changed.
            assertThat(all.states()).isEqualTo(1_058_871);
        }
    }

    @Test
    void holdsWithMoreStepsAndTheStandardLease(TestReporter reporter) {
        Explorer.Exploration all = explore(Bounds.of(1).withSteps(2).withMissed(6), reporter);

        assertThat(all.violation()).as(all.toString()).isEmpty();
    }

    private static Set<Disturbance> kinds() {
        String names = System.getProperty(KINDS, "");
        return names.isEmpty()
                ? EnumSet.allOf(Disturbance.class)
                : EnumSet.copyOf(
                        Stream.of(names.split(",")).map(Disturbance::valueOf).toList());
    }

    private static Explorer.Exploration explore(Bounds bounds, TestReporter reporter) {
        Explorer.Exploration all =
                Explorer.explore(Protocol.within(bounds), EnumSet.allOf(Invariant.class), MOST_STATES);
        reporter.publishEntry("explored", all.toString());
        return all;
    }
}
