/** The datasets in the bucket: what their names stand for, and their content. */
@NullMarked
package io.catwalk.chassis.datasets;

import org.jspecify.annotations.NullMarked;
