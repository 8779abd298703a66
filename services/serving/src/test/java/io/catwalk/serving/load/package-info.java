/** Load on a server, from a process of its own. */
@NullMarked
package io.catwalk.serving.load;

import org.jspecify.annotations.NullMarked;
