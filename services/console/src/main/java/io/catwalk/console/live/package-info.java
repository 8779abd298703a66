/** What happens now, by the topics. */
@NullMarked
package io.catwalk.console.live;

import org.jspecify.annotations.NullMarked;
