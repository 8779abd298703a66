/** Small datasets for tests. */
@NullMarked
package io.catwalk.training.data;

import org.jspecify.annotations.NullMarked;
