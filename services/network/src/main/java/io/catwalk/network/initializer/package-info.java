/** Initialization of weights, a pure function of the seed and the weight's name. */
@NullMarked
package io.catwalk.network.initializer;

import org.jspecify.annotations.NullMarked;
