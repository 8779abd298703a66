/** Requests to move a label. */
@NullMarked
package io.catwalk.evaluation.promotion;

import org.jspecify.annotations.NullMarked;
