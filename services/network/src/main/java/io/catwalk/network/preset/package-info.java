/** The named networks, one file each. */
@NullMarked
package io.catwalk.network.preset;

import org.jspecify.annotations.NullMarked;
