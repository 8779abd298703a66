/** What requests of all protocols may take together: memory for their bodies, and places. */
@NullMarked
package io.catwalk.serving.protocol.admission;

import org.jspecify.annotations.NullMarked;
