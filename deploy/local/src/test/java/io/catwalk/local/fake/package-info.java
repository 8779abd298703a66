/** Services that tell and answer as the real ones do, without doing their work: for the stack's own tests. */
@NullMarked
package io.catwalk.local.fake;

import org.jspecify.annotations.NullMarked;
