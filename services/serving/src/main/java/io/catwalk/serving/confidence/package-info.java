/** How sure models are of their predictions. */
@NullMarked
package io.catwalk.serving.confidence;

import org.jspecify.annotations.NullMarked;
