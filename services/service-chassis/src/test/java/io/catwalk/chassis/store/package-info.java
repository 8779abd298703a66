/** Tests of the datasets in the bucket. */
@NullMarked
package io.catwalk.chassis.store;

import org.jspecify.annotations.NullMarked;
