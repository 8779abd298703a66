/** Tests of profiles and of drift. */
@NullMarked
package io.catwalk.drift;

import org.jspecify.annotations.NullMarked;
