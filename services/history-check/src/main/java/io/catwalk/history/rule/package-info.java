/** The rules of a consistent history, one a class. */
@NullMarked
package io.catwalk.history.rule;

import org.jspecify.annotations.NullMarked;
