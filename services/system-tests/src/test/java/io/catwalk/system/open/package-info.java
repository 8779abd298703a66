/** Tests that share one pipeline that asks nobody for a key. */
@NullMarked
package io.catwalk.system.open;

import org.jspecify.annotations.NullMarked;
