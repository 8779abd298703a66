@NullMarked
package io.catwalk.picture;

import org.jspecify.annotations.NullMarked;
