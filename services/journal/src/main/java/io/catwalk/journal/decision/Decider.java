package io.catwalk.journal.decision;

import java.util.List;
import java.util.Optional;

import io.catwalk.journal.Event;

/** Decides what a cause's entry says, from all that the journal says so far. May be asked again when the journal has grown. */
@FunctionalInterface
public interface Decider {
    /**
     * @param soFar the journal's entries in order
     * @param number the place that the entry would get
     */
    Decision decide(List<DecisionEntry> soFar, long number);

    /**
     * @param decision a record, the journal's own
     * @param event what the entry is published as
     */
    record Decision(Object decision, Optional<Event> event) {}
}
