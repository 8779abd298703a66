/** Sets of labelled pictures: their archives, their splits, and what is to know of them before one trains on them. */
@NullMarked
package io.catwalk.pictureset;

import org.jspecify.annotations.NullMarked;
