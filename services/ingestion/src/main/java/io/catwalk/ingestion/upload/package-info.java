/** Archives that clients send over HTTP, kept in the bucket for a while. */
@NullMarked
package io.catwalk.ingestion.upload;

import org.jspecify.annotations.NullMarked;
