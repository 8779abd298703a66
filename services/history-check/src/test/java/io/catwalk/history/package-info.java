/** Each rule, on a real bucket and real topics that are damaged for it. */
@NullMarked
package io.catwalk.history;

import org.jspecify.annotations.NullMarked;
