/** The whole pipeline from outside: its built services as processes, a real broker and store; and the rules of its modules. */
@NullMarked
package io.catwalk.system;

import org.jspecify.annotations.NullMarked;
