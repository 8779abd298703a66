/** The one kind of job that a service works on. */
@NullMarked
package io.catwalk.chassis.jobs;

import org.jspecify.annotations.NullMarked;
