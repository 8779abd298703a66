/** The console: pages of what the services know, for people. It keeps nothing and decides nothing. */
@NullMarked
package io.catwalk.console;

import org.jspecify.annotations.NullMarked;
