/** What every parser of untrusted input must hold, for fuzz tests. */
@NullMarked
package io.catwalk.fuzzing;

import org.jspecify.annotations.NullMarked;
