/** The datasets that are ingested at start, unasked. */
@NullMarked
package io.catwalk.ingestion.catalogue;

import org.jspecify.annotations.NullMarked;
