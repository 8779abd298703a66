/** The check of an installation's history, as a command. */
@NullMarked
package io.catwalk.installation.history;

import org.jspecify.annotations.NullMarked;
