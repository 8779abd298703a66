/** Tests of the datasets in the bucket. */
@NullMarked
package io.catwalk.chassis.jobs;

import org.jspecify.annotations.NullMarked;
