/** Tests of who may start without access control. */
@NullMarked
package io.catwalk.chassis.access;

import org.jspecify.annotations.NullMarked;
