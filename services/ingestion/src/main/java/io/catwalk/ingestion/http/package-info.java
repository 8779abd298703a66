/** What the service answers over HTTP. */
@NullMarked
package io.catwalk.ingestion.http;

import org.jspecify.annotations.NullMarked;
