/** What callers may do with models. */
@NullMarked
package io.catwalk.serving.access;

import org.jspecify.annotations.NullMarked;
