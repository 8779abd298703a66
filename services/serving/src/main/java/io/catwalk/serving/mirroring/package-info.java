/** Copies of requests, by which a canary or shadow is compared with stable. */
@NullMarked
package io.catwalk.serving.mirroring;

import org.jspecify.annotations.NullMarked;
