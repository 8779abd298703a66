/** Where IDX files come from: folders, the bucket, allowed addresses. */
@NullMarked
package io.catwalk.ingestion.source;

import org.jspecify.annotations.NullMarked;
