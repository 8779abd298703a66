package io.catwalk.network.training;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/**
 * The inputs of one step.
 *
 * @param images {@code [batch, height, width, channels]}
 * @param labels {@code [batch]}
 * @param step its number, a scalar
 * @param learningRate a scalar
 * @param averageKept the part of the weights' average that the step keeps, a scalar
 */
record StepInputs(
        Operand<TFloat32> images,
        Operand<TInt32> labels,
        Operand<TInt64> step,
        Operand<TFloat32> learningRate,
        Operand<TFloat32> averageKept) {}
