package io.catwalk.training.run;

import java.util.function.Function;

import io.catwalk.journal.job.Readiness;

/**
 * What is found of something that a run or a sweep needs before it begins.
 *
 * @param <T> the thing
 */
public sealed interface Choice<T> {
    /** This one, for the whole run. */
    record Pinned<T>(T value) implements Choice<T> {}

    /** Nothing yet. */
    record NotYet<T>(String reason) implements Choice<T> {}

    /** There will be none. */
    record Rejected<T>(String reason) implements Choice<T> {}

    /** Whether a run that needs it may begin; with it, what {@code begin} says. */
    default Readiness readiness(Function<T, Readiness> begin) {
        return switch (this) {
            case Pinned<T>(T value) -> begin.apply(value);
            case NotYet<T>(String reason) -> new Readiness.Waiting(reason);
            case Rejected<T>(String reason) -> new Readiness.Unmeetable(reason);
        };
    }
}
