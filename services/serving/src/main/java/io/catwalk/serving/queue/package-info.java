/** Requests wait here for their model and are run together in batches. */
@NullMarked
package io.catwalk.serving.queue;

import org.jspecify.annotations.NullMarked;
