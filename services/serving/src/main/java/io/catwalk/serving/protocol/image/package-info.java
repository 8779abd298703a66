/** Classifies pictures. */
@NullMarked
package io.catwalk.serving.protocol.image;

import org.jspecify.annotations.NullMarked;
