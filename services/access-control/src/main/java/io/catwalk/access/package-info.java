/** Who may do what: roles, API keys, the file that grants them, and the callers that they make. */
@NullMarked
package io.catwalk.access;

import org.jspecify.annotations.NullMarked;
