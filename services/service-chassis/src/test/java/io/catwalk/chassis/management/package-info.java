@NullMarked
package io.catwalk.chassis.management;

import org.jspecify.annotations.NullMarked;
