/** The evaluations and the registry over HTTP. */
@NullMarked
package io.catwalk.evaluation.http;

import org.jspecify.annotations.NullMarked;
