/** What {@code make bench} measures: ratios against a naive or bare implementation in the same run. */
@NullMarked
package io.catwalk.benchmark;

import org.jspecify.annotations.NullMarked;
