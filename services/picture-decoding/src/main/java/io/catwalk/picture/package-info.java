/** Decodes pictures in files into images of a given shape: the same for what is trained on and what is classified. */
@NullMarked
package io.catwalk.picture;

import org.jspecify.annotations.NullMarked;
