/** What the topics can say, and what retention has taken from them. */
@NullMarked
package io.catwalk.history.topic;

import org.jspecify.annotations.NullMarked;
