/** Who sits at the browser, and that it is our own page that asks. */
@NullMarked
package io.catwalk.console.access;

import org.jspecify.annotations.NullMarked;
