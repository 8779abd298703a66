@NullMarked
package io.catwalk.ingestion.job;

import org.jspecify.annotations.NullMarked;
