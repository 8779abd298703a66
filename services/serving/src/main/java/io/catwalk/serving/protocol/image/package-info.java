/** Classifies a picture as it comes out of a camera or a browser. */
@NullMarked
package io.catwalk.serving.protocol.image;

import org.jspecify.annotations.NullMarked;
