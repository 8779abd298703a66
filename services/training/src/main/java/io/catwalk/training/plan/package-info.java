/** What a request's own layers and method come to, in the network's terms. */
@NullMarked
package io.catwalk.training.plan;

import org.jspecify.annotations.NullMarked;
