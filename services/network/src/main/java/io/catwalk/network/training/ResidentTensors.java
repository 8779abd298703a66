package io.catwalk.network.training;

import java.util.stream.IntStream;

import io.catwalk.network.layer.ImageShape;
import io.catwalk.network.preprocessing.Preprocessing;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;

/** Tensors for resident sets and for calls on them. */
final class ResidentTensors {
    private ResidentTensors() {}

    /** Copies a whole set into the session's device. */
    static void fill(Session session, ResidentFeeds feeds, ImageSource set, ImageShape input) {
        Shape all = Shape.of(set.count(), input.height(), input.width(), input.channels());
        try (TFloat32 images = TFloat32.tensorOf(all);
                TInt32 labels = TInt32.vectorOf(
                        IntStream.range(0, set.count()).map(set::label).toArray())) {
            copy(set, Math.toIntExact(input.size()), images.asRawTensor().data().asFloats());
            feeds.fill(session, images, labels);
        }
    }

    private static void copy(ImageSource set, int size, FloatDataBuffer target) {
        byte[] pixels = new byte[size];
        float[] image = new float[size];
        for (int i = 0; i < set.count(); i++) {
            set.copyPixels(i, pixels, 0);
            Preprocessing.toUnit(pixels, 0, image, 0, size);
            target.offset((long) i * size).write(image);
        }
    }

    /** The tensors of one call, to be closed after it. */
    record Call(TInt32 chosen, TInt64 numbers, TFloat32 learningRates, TFloat32 averagesKept) implements AutoCloseable {
        static Call of(int[] images, int steps, long firstStep, Descent descent) {
            int batch = images.length / steps;
            float[] rates = new float[steps];
            float[] kept = new float[steps];
            for (int i = 0; i < steps; i++) {
                long number = firstStep + i;
                rates[i] = (float) descent.schedule().rate(number);
                kept[i] = descent.averaging().isPresent()
                        ? (float) Descent.kept(descent.averaging().getAsDouble(), number)
                        : 0;
            }
            return new Call(
                    TInt32.tensorOf(
                            Shape.of(steps, batch),
                            tensor -> tensor.asRawTensor().data().asInts().write(images)),
                    TInt64.vectorOf(IntStream.range(0, steps)
                            .mapToLong(i -> firstStep + i)
                            .toArray()),
                    TFloat32.vectorOf(rates),
                    TFloat32.vectorOf(kept));
        }

        Session.Runner feed(Session.Runner runner, ResidentFeeds feeds) {
            return runner.feed(feeds.chosen(), chosen)
                    .feed(feeds.numbers(), numbers)
                    .feed(feeds.learningRates(), learningRates)
                    .feed(feeds.averagesKept(), averagesKept);
        }

        @Override
        public void close() {
            chosen.close();
            numbers.close();
            learningRates.close();
            averagesKept.close();
        }
    }
}
