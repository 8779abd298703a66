package io.catwalk.network.optimizer;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * How far a step goes.
 *
 * @param learningRate a scalar, the step's own
 * @param weightDecay of kernels; at least 0
 */
public record StepSize(Operand<TFloat32> learningRate, float weightDecay) {}
