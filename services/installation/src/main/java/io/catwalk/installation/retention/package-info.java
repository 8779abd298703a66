/** Deletes from the bucket what nothing needs any more: a rehearsal first. */
@NullMarked
package io.catwalk.installation.retention;

import org.jspecify.annotations.NullMarked;
