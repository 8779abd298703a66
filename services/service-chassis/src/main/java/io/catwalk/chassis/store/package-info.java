/** The bucket as a bean, tried before anything is decided on it. */
@NullMarked
package io.catwalk.chassis.store;

import org.jspecify.annotations.NullMarked;
