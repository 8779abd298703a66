package io.catwalk.network.training;

import io.catwalk.network.layer.ImageShape;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.ndarray.buffer.IntDataBuffer;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Tensors for batches of one size, reused for each batch. */
final class BatchTensors implements AutoCloseable {
    private final TFloat32 images;
    private final TInt32 labels;
    private final FloatDataBuffer imageValues;
    private final IntDataBuffer labelValues;

    BatchTensors(ImageShape input, int count) {
        images = TFloat32.tensorOf(Shape.of(count, input.height(), input.width(), input.channels()));
        labels = TInt32.tensorOf(Shape.of(count));
        imageValues = images.asRawTensor().data().asFloats();
        labelValues = labels.asRawTensor().data().asInts();
    }

    int count() {
        return (int) labelValues.size();
    }

    void write(float[] imageBatch, int[] labelBatch) {
        imageValues.write(imageBatch);
        labelValues.write(labelBatch);
    }

    TFloat32 images() {
        return images;
    }

    TInt32 labels() {
        return labels;
    }

    @Override
    public void close() {
        images.close();
        labels.close();
    }
}
