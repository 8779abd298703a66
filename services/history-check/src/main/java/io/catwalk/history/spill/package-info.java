/** Values that don't fit into memory all at once, kept in temporary files. */
@NullMarked
package io.catwalk.history.spill;

import org.jspecify.annotations.NullMarked;
