@NullMarked
package io.catwalk.ingestion;

import org.jspecify.annotations.NullMarked;
