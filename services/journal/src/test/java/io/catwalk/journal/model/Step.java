package io.catwalk.journal.model;

/** An action that is possible in a state, and the state after it. */
record Step(Action action, State after) {}
