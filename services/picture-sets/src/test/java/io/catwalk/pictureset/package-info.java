@NullMarked
package io.catwalk.pictureset;

import org.jspecify.annotations.NullMarked;
