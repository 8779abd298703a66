/** Tests of what all services answer over HTTP. */
@NullMarked
package io.catwalk.chassis.http;

import org.jspecify.annotations.NullMarked;
