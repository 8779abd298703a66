/** Training steps of one network on the same batches, as Catwalk makes them and as others do, in turns. */
@NullMarked
package io.catwalk.benchmark.step;

import org.jspecify.annotations.NullMarked;
