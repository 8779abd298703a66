package io.catwalk.journal.model;

import java.util.ArrayList;
import java.util.List;

/** States and the steps between them, from the first. As text: one line a step, and what it changed. */
record Trace(State first, List<Step> steps) {
    static Trace from(State first) {
        return new Trace(first, List.of());
    }

    State last() {
        return steps.isEmpty() ? first : steps.getLast().after();
    }

    Trace then(Step step) {
        List<Step> longer = new ArrayList<>(steps);
        longer.add(step);
        return new Trace(first, List.copyOf(longer));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        State before = first;
        for (int number = 1; number <= steps.size(); number++) {
            Step step = steps.get(number - 1);
            text.append("%3d. %s%s%n".formatted(number, Texts.of(step.action()), Texts.changes(before, step.after())));
            before = step.after();
        }
        return text.append(Texts.of(before)).toString();
    }
}
