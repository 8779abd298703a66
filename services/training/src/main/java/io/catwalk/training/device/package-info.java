/** The device that this process trains on, and whether it is the configured one. */
@NullMarked
package io.catwalk.training.device;

import org.jspecify.annotations.NullMarked;
