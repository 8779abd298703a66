package io.catwalk.network.optimizer;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * A step's learning rate and weight decay.
 *
 * @param learningRate a scalar
 * @param weightDecay of kernels; at least 0
 */
public record StepSize(Operand<TFloat32> learningRate, float weightDecay) {}
