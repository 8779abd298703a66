/** Whether the bucket can be relied on. */
@NullMarked
package io.catwalk.chassis.readiness;

import org.jspecify.annotations.NullMarked;
