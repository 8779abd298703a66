/** A trained network as a SavedModel in one archive, and the way back to a folder. */
@NullMarked
package io.catwalk.network.export;

import org.jspecify.annotations.NullMarked;
