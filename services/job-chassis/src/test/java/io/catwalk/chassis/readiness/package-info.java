@NullMarked
package io.catwalk.chassis.readiness;

import org.jspecify.annotations.NullMarked;
