/** What can be wrong with a request, or with the broker. */
@NullMarked
package io.catwalk.chassis.errors;

import org.jspecify.annotations.NullMarked;
