/** What a history costs: closed runs, versions, events. */
@NullMarked
package io.catwalk.benchmark.growth;

import org.jspecify.annotations.NullMarked;
