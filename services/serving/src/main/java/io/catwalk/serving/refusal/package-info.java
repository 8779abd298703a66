/** Why a request gets no prediction, and the HTTP status that says so. */
@NullMarked
package io.catwalk.serving.refusal;

import org.jspecify.annotations.NullMarked;
