/** Pictures of the dashboards, laid out as Grafana lays them out. */
@NullMarked
package io.catwalk.system.monitoring.picture;

import org.jspecify.annotations.NullMarked;
