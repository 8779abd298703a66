/** What {@code make bench} measures: ratios against a naive way or a bare one, both in the same run. */
@NullMarked
package io.catwalk.benchmark;

import org.jspecify.annotations.NullMarked;
