/** Whether a model is good enough to be promoted. */
@NullMarked
package io.catwalk.evaluation.gate;

import org.jspecify.annotations.NullMarked;
