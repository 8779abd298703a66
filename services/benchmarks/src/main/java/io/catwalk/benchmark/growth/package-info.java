/** What a history of closed runs costs. */
@NullMarked
package io.catwalk.benchmark.growth;

import org.jspecify.annotations.NullMarked;
