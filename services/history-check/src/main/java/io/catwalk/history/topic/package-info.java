/** The topics' records, as far as the check needs them. */
@NullMarked
package io.catwalk.history.topic;

import org.jspecify.annotations.NullMarked;
