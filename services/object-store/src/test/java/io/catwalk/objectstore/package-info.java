/** A bucket in memory for the tests of all modules, and the tests of the layout. */
@NullMarked
package io.catwalk.objectstore;

import org.jspecify.annotations.NullMarked;
