/** What decides the bits and the speed of a calculation on this machine. */
@NullMarked
package io.catwalk.network.environment;

import org.jspecify.annotations.NullMarked;
