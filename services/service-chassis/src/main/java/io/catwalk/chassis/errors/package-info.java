/** The categories of errors, and the exceptions that have one. */
@NullMarked
package io.catwalk.chassis.errors;

import org.jspecify.annotations.NullMarked;
