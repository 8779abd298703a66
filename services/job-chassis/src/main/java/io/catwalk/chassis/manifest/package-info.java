/** The JSON of manifests. */
@NullMarked
package io.catwalk.chassis.manifest;

import org.jspecify.annotations.NullMarked;
