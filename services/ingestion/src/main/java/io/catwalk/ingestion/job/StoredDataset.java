package io.catwalk.ingestion.job;

import io.catwalk.dataset.DatasetManifest;
import io.catwalk.objectstore.Digest;

/**
 * A dataset of which every part lies in the store.
 *
 * @param digest of the manifest
 * @param sampleSheet the sample sheet picture's digest
 * @param report the digest of the report of duplicates and imbalance
 */
record StoredDataset(DatasetManifest manifest, Digest digest, Digest sampleSheet, Digest report) {}
