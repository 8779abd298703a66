/** One ingestion: from a source to the one entry in its dataset's decision journal. */
@NullMarked
package io.catwalk.ingestion.job;

import org.jspecify.annotations.NullMarked;
