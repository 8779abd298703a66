/** The dashboards and rules as a real Prometheus sees them, and pictures of what they show. */
@NullMarked
package io.catwalk.system.monitoring;

import org.jspecify.annotations.NullMarked;
