/** The port of probes and metrics. */
@NullMarked
package io.catwalk.chassis.management;

import org.jspecify.annotations.NullMarked;
