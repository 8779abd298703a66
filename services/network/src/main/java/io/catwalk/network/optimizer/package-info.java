/** How a step changes the weights, one file for each rule. */
@NullMarked
package io.catwalk.network.optimizer;

import org.jspecify.annotations.NullMarked;
