/** One ingestion: from a source to the one entry in its dataset's line. */
@NullMarked
package io.catwalk.ingestion.job;

import org.jspecify.annotations.NullMarked;
