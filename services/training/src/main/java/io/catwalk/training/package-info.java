/** The training service: takes runs from the journals, trains them and tells what came of them. */
@NullMarked
package io.catwalk.training;

import org.jspecify.annotations.NullMarked;
