/** One small run through the whole pipeline, from a dataset to predictions. */
@NullMarked
package io.catwalk.installation.check;

import org.jspecify.annotations.NullMarked;
