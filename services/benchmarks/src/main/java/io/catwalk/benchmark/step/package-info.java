/** Training steps of one network on the same batches, by Catwalk and its peers, in turns. */
@NullMarked
package io.catwalk.benchmark.step;

import org.jspecify.annotations.NullMarked;
