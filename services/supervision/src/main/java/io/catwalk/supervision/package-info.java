/** Long-lived threads, and what becomes of them when their task fails. */
@NullMarked
package io.catwalk.supervision;

import org.jspecify.annotations.NullMarked;
