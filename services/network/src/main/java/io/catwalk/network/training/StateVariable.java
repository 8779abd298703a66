package io.catwalk.network.training;

import java.nio.FloatBuffer;
import java.util.List;

import io.catwalk.network.checkpoint.NamedTensor;
import io.catwalk.network.graph.Shapes;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Tensor;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * One variable of the graph, with its assignment.
 *
 * @param value what a fetch reads
 * @param newValue what {@code assign} takes as the value
 */
record StateVariable(String name, Output<TFloat32> value, Operand<TFloat32> newValue, Op assign) {
    static StateVariable of(Ops tf, String name, Output<TFloat32> variable) {
        var newValue = tf.placeholder(TFloat32.class, Placeholder.shape(variable.shape()));
        return new StateVariable(name, variable, newValue, tf.assign(variable, newValue));
    }

    List<Integer> dimensions() {
        return Shapes.dimensions(value.shape());
    }

    /** A copy of the fetched value. */
    NamedTensor copy(Tensor fetched) {
        var data = fetched.asRawTensor().data().asFloats();
        float[] values = new float[Math.toIntExact(data.size())];
        data.read(values);
        return new NamedTensor(name, dimensions(), FloatBuffer.wrap(values));
    }
}
