/** What this process trains on, and whether that is what it was told to. */
@NullMarked
package io.catwalk.training.device;

import org.jspecify.annotations.NullMarked;
