package io.catwalk.dataset;

import java.util.Optional;

/**
 * What one ingestion decided in a dataset's journal: which content the dataset's name stands for from here on, or why it was
 * refused.
 *
 * @param ingestionId the ingestion
 * @param digest of the manifest, {@code sha256:<64 lower-case hex digits>}; absent for a refusal
 * @param sampleSheet the sample sheet picture's digest; absent for a refusal
 * @param report the digest of the report of the content's duplicates and imbalance; absent for a refusal, and in entries of earlier
 *     releases
 * @param reason why it was refused; empty for a dataset that is ready
 */
public record DatasetDecision(
        String ingestionId,
        Optional<String> digest,
        Optional<String> sampleSheet,
        Optional<String> report,
        String reason) {

    public static DatasetDecision ready(String ingestionId, String digest, String sampleSheet) {
        return new DatasetDecision(ingestionId, Optional.of(digest), Optional.of(sampleSheet), Optional.empty(), "");
    }

    public DatasetDecision withReport(String named) {
        return new DatasetDecision(ingestionId, digest, sampleSheet, Optional.of(named), reason);
    }

    public static DatasetDecision rejected(String ingestionId, String reason) {
        return new DatasetDecision(ingestionId, Optional.empty(), Optional.empty(), Optional.empty(), reason);
    }

    public boolean isReady() {
        return digest.isPresent();
    }
}
