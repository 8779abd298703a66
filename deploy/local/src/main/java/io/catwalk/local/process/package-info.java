/** Child processes that are ready before they are used and never outlive their starter. JDK only. */
@NullMarked
package io.catwalk.local.process;

import org.jspecify.annotations.NullMarked;
