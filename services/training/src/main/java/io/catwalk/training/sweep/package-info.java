/** A sweep as a job: it requests the runs of its trials, gives epochs to the better ones, and names the best. */
@NullMarked
package io.catwalk.training.sweep;

import org.jspecify.annotations.NullMarked;
