/** A request's own layers and method, in the network's terms. */
@NullMarked
package io.catwalk.training.plan;

import org.jspecify.annotations.NullMarked;
