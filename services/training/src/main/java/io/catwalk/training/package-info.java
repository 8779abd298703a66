/** The training service: claims runs from the journals, trains them and publishes their results. */
@NullMarked
package io.catwalk.training;

import org.jspecify.annotations.NullMarked;
