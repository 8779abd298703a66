/** The ingestion service: requests for datasets in, checked and stored datasets out. */
@NullMarked
package io.catwalk.ingestion;

import org.jspecify.annotations.NullMarked;
