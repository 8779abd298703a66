/** Journals tried against everything that may happen to their writers. */
@NullMarked
package io.catwalk.journal;

import org.jspecify.annotations.NullMarked;
