/** Decision journals: they have no lease and aren't closed, and each cause puts exactly one entry into them. */
@NullMarked
package io.catwalk.journal.decision;

import org.jspecify.annotations.NullMarked;
