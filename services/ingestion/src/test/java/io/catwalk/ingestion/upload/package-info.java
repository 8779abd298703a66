@NullMarked
package io.catwalk.ingestion.upload;

import org.jspecify.annotations.NullMarked;
