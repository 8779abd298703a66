/** Training steps and scores of one network. */
@NullMarked
package io.catwalk.network.training;

import org.jspecify.annotations.NullMarked;
