/** Which versions exist and which label points at which: the registry's two topics read as tables. */
@NullMarked
package io.catwalk.serving.registry;

import org.jspecify.annotations.NullMarked;
