/** SavedModel archives by digest on the local disk. */
@NullMarked
package io.catwalk.modelarchives;

import org.jspecify.annotations.NullMarked;
