/** The one-machine stack: an embedded broker and object store and the four services as child processes. The starters use the JDK alone. */
@NullMarked
package io.catwalk.local;

import org.jspecify.annotations.NullMarked;
