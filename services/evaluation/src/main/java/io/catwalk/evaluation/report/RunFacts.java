package io.catwalk.evaluation.report;

/**
 * What was trained on what; the digests are {@code sha256:<64 hex digits>}.
 *
 * @param modelDigest the SavedModel's archive
 * @param datasetDigest the dataset's manifest
 * @param network the preset's name
 * @param parameters trainable ones
 * @param seed of the weights and the data order
 */
public record RunFacts(
        String runId,
        String model,
        String modelDigest,
        String dataset,
        String datasetDigest,
        String network,
        long parameters,
        int epochs,
        long seed) {}
