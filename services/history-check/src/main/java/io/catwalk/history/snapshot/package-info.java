/** What the rules read: one job, one decision journal, one model at a time, as the bucket and the topics have it. */
@NullMarked
package io.catwalk.history.snapshot;

import org.jspecify.annotations.NullMarked;
