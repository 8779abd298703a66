/** What a model's training images look like in figures, and whether other images differ from them. */
@NullMarked
package io.catwalk.drift;

import org.jspecify.annotations.NullMarked;
