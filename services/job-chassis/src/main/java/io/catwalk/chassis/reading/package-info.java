/** Reading what others have written, where one unreadable thing hides no other. */
@NullMarked
package io.catwalk.chassis.reading;

import org.jspecify.annotations.NullMarked;
