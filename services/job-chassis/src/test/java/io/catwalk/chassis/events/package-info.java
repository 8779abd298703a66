@NullMarked
package io.catwalk.chassis.events;

import org.jspecify.annotations.NullMarked;
