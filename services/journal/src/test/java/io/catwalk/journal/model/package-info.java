/**
 * A model of the protocol by which replicas share one job, small enough that all of its states can be visited.
 *
 * <p>A {@link io.catwalk.journal.model.State} is what stands in the bucket and at the broker, and what each actor knows and is about
 * to do: two holders, the client that requests the job and its redelivery, and one that cancels it. A step is one call to the
 * store or the broker, with the calls after it that read only what can't change any more. {@link
 * io.catwalk.journal.model.Protocol} tells which steps are possible, {@link io.catwalk.journal.model.Explorer} takes all of
 * them, breadth first, and {@link io.catwalk.journal.model.Invariant} says what must hold after each.
 *
 * <p>There is no clock: a paused actor is one that takes no step, so that each pause is among the interleavings, and a lease
 * counts as lost after a number of polls between which its holder took no step either. What the surroundings do to the
 * protocol is a {@link io.catwalk.journal.model.Disturbance}, of which {@link io.catwalk.journal.model.Bounds} allow a number.
 *
 * <p>{@link io.catwalk.journal.model.Replay} holds the Java to the model: it takes the same steps with real replicas, each of
 * whose calls waits until its step comes, and compares all that can be seen.
 */
@NullMarked
package io.catwalk.journal.model;

import org.jspecify.annotations.NullMarked;
