/** The published versions and the labels: the registry's two topics read as tables, and the labels' history in the bucket. */
@NullMarked
package io.catwalk.serving.registry;

import org.jspecify.annotations.NullMarked;
