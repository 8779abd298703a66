/** The topics' names and the codec, for injection. */
@NullMarked
package io.catwalk.chassis.topics;

import org.jspecify.annotations.NullMarked;
