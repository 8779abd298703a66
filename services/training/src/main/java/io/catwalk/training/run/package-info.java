/** A run as a job: when it may begin, what it keeps in its journal, how it ends. */
@NullMarked
package io.catwalk.training.run;

import org.jspecify.annotations.NullMarked;
