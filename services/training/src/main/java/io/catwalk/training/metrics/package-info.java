/** What Prometheus sees of runs. */
@NullMarked
package io.catwalk.training.metrics;

import org.jspecify.annotations.NullMarked;
