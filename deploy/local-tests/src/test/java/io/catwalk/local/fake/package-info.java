/** Fakes of the services that publish and answer without doing any work, for the stack's own tests. */
@NullMarked
package io.catwalk.local.fake;

import org.jspecify.annotations.NullMarked;
