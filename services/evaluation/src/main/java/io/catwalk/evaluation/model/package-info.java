/** Models by their digests, ready to be scored. */
@NullMarked
package io.catwalk.evaluation.model;

import org.jspecify.annotations.NullMarked;
