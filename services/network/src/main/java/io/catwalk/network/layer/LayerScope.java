package io.catwalk.network.layer;

import java.util.Optional;
import java.util.function.Function;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/**
 * What a layer builds its operations with.
 *
 * @param tf the graph, under the layer's name
 * @param weights the layer's weights by their names within it
 * @param randomKey while training, an int64 pair that no other layer and no other step has; empty for inference, where
 *     nothing is random
 */
public record LayerScope(Ops tf, Function<String, Operand<TFloat32>> weights, Optional<Operand<TInt64>> randomKey) {}
