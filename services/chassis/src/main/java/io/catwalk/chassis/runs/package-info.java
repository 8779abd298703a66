/** What services beside the trainer read of runs. */
@NullMarked
package io.catwalk.chassis.runs;

import org.jspecify.annotations.NullMarked;
