/** Tests of roles, keys and their file. */
@NullMarked
package io.catwalk.access;

import org.jspecify.annotations.NullMarked;
