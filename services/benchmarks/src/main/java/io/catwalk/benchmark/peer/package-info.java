/** What peers need that aren't on the class path. */
@NullMarked
package io.catwalk.benchmark.peer;

import org.jspecify.annotations.NullMarked;
