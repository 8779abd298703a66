package io.catwalk.ingestion.job;

import io.catwalk.dataset.DatasetDecision;

/**
 * The state that an ingestion ends with.
 *
 * @param entry the number of its entry in its dataset's decision journal
 */
public record IngestionResult(long entry, DatasetDecision decision) {}
