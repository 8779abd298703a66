package io.catwalk.ingestion.job;

import io.catwalk.dataset.StagedDataset;
import io.catwalk.pictureset.SetReport;

/**
 * A dataset as it was read from its source.
 *
 * @param report what is to know of it before one trains on it
 */
record ReadDataset(StagedDataset dataset, SetReport report) {}
