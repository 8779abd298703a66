/** What services read of runs' journals. */
@NullMarked
package io.catwalk.chassis.runs;

import org.jspecify.annotations.NullMarked;
