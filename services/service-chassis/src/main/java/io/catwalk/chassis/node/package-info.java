/** Who this process is. */
@NullMarked
package io.catwalk.chassis.node;

import org.jspecify.annotations.NullMarked;
