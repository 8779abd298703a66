/** The learning rate as a function of the step, one file for each rule. */
@NullMarked
package io.catwalk.network.schedule;

import org.jspecify.annotations.NullMarked;
