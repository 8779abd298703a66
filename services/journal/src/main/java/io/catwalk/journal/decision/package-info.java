/** Lines: journals that nobody holds or closes, into which each cause puts exactly one entry. */
@NullMarked
package io.catwalk.journal.decision;

import org.jspecify.annotations.NullMarked;
