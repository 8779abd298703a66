@NullMarked
package io.catwalk.ingestion.catalogue;

import org.jspecify.annotations.NullMarked;
