/** What sees answered requests: nothing here decides an answer. */
@NullMarked
package io.catwalk.serving.observation;

import org.jspecify.annotations.NullMarked;
