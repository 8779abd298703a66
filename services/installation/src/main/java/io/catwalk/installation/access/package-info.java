/** Makes API keys. */
@NullMarked
package io.catwalk.installation.access;

import org.jspecify.annotations.NullMarked;
