/** The inference engines, and the choice between them. */
@NullMarked
package io.catwalk.serving.engine;

import org.jspecify.annotations.NullMarked;
