package io.catwalk.journal;

/** The outcome of an append. */
public sealed interface Append {
    /** The entry stands, and is the writer's own. */
    record Done(Numbered entry) implements Append {}

    /** Another writer's entry stands in its place: read on, and decide again. */
    record Overtaken() implements Append {}
}
