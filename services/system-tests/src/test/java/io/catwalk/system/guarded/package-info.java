/** Tests that share one pipeline that asks its callers for keys or tokens. */
@NullMarked
package io.catwalk.system.guarded;

import org.jspecify.annotations.NullMarked;
