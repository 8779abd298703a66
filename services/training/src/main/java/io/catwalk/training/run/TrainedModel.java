package io.catwalk.training.run;

import java.util.Optional;

/**
 * What a run that succeeded has made.
 *
 * @param modelDigest of the SavedModel's archive
 * @param onnxDigest of the ONNX model; empty in journals of older releases
 * @param weightsDigest of the weights alone, in the network's order
 */
public record TrainedModel(String modelDigest, Optional<String> onnxDigest, String weightsDigest) {}
