/** The content that journals, manifests and reports name by digest. */
@NullMarked
package io.catwalk.history.content;

import org.jspecify.annotations.NullMarked;
