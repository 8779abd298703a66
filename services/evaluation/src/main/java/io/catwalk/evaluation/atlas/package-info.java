/** Where a model is right and wrong, image by image of its test set: for people who look at it, never to choose a model. */
@NullMarked
package io.catwalk.evaluation.atlas;

import org.jspecify.annotations.NullMarked;
