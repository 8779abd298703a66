/** Tests of the datasets in the bucket. */
@NullMarked
package io.catwalk.chassis.datasets;

import org.jspecify.annotations.NullMarked;
