@NullMarked
package io.catwalk.ingestion.source;

import org.jspecify.annotations.NullMarked;
