/** How HTTP errors are answered. */
@NullMarked
package io.catwalk.chassis.http;

import org.jspecify.annotations.NullMarked;
