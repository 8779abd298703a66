/** What grows: a history of closed runs, versions and events, and data sets. */
@NullMarked
package io.catwalk.benchmark.growth;

import org.jspecify.annotations.NullMarked;
