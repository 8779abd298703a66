/** Queues of requests, which are run in batches. */
@NullMarked
package io.catwalk.serving.queue;

import org.jspecify.annotations.NullMarked;
