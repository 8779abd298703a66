package io.catwalk.journal.decision;

import java.util.List;
import java.util.Optional;

import io.catwalk.journal.Event;

/** Decides what a cause's entry says, from all that the line says so far. May be asked again when the line has grown. */
@FunctionalInterface
public interface Judge {
    /**
     * @param soFar the line's entries in order
     * @param number the place that the entry would get
     */
    Decision judge(List<DecisionEntry> soFar, long number);

    /**
     * @param decision a record, the line's own
     * @param event what the entry is told as
     */
    record Decision(Object decision, Optional<Event> event) {}
}
