package io.catwalk.training.run;

/**
 * What a run that succeeded has made.
 *
 * @param modelDigest of the SavedModel's archive
 * @param weightsDigest of the weights alone, in the network's order
 */
public record TrainedModel(String modelDigest, String weightsDigest) {}
