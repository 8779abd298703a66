package io.catwalk.dataset;

import java.util.Optional;

/**
 * What one ingestion decided in a dataset's journal: which content the dataset's name stands for from here on, or why it was
 * refused.
 *
 * @param ingestionId the ingestion
 * @param digest of the manifest, {@code sha256:<64 lower-case hex digits>}; absent for a refusal
 * @param sampleSheet the sample sheet picture's digest; absent for a refusal
 * @param reason why it was refused; empty for a dataset that is ready
 */
public record DatasetDecision(
        String ingestionId, Optional<String> digest, Optional<String> sampleSheet, String reason) {

    public static DatasetDecision ready(String ingestionId, String digest, String sampleSheet) {
        return new DatasetDecision(ingestionId, Optional.of(digest), Optional.of(sampleSheet), "");
    }

    public static DatasetDecision rejected(String ingestionId, String reason) {
        return new DatasetDecision(ingestionId, Optional.empty(), Optional.empty(), reason);
    }

    public boolean isReady() {
        return digest.isPresent();
    }
}
