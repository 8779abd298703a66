package io.catwalk.evaluation.rollout.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import io.catwalk.modelarchives.ModelFormat;
import io.catwalk.modelarchives.ModelSource;
import io.catwalk.network.inference.Classifier;
import io.catwalk.network.inference.ModelSignature;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.objectstore.Digest;

/** Any digest is a model that tells which half of an image is brighter, as often as its makers say. */
public final class BrightnessModels implements ModelSource {
    private final List<String> opened = new CopyOnWriteArrayList<>();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger inferences = new AtomicInteger();
    private final List<Integer> batches = new CopyOnWriteArrayList<>();
    private volatile Supplier<ModelSignature> signature =
            () -> new ModelSignature(new ImageShape(LoggedEvents.SIDE, LoggedEvents.SIDE, 1), 2);
    private volatile Answer answer = (number, right) -> right;
    private volatile float certainty = 0.9f;

    /** Gives an image's class. */
    @FunctionalInterface
    public interface Answer {
        /**
         * Whether the right half is the brighter one, according to the model.
         *
         * @param number counts inferences from 0
         * @param right whether it is
         */
        boolean of(int number, boolean right);
    }

    public void answer(Answer other) {
        answer = other;
    }

    /** Of the more probable class, whatever it is. */
    public void certainty(float other) {
        certainty = other;
    }

    /** Also throws what a model throws when it is opened. */
    public void signature(Supplier<ModelSignature> other) {
        signature = other;
    }

    /** Formats and digests of the models that were opened. */
    public List<String> opened() {
        return new ArrayList<>(opened);
    }

    /** Models that were opened and not closed. */
    public int open() {
        return open.get();
    }

    /** Images of each inference. */
    public List<Integer> batches() {
        return batches;
    }

    @Override
    public Classifier open(ModelFormat format, Digest digest) {
        ModelSignature own = signature.get();
        opened.add(format + " " + digest);
        open.incrementAndGet();
        return new Opened(own);
    }

    private final class Opened implements Classifier {
        private final ModelSignature own;

        Opened(ModelSignature own) {
            this.own = own;
        }

        @Override
        public ModelSignature signature() {
            return own;
        }

        @Override
        public float[] probabilities(float[] images, int count) {
            own.requireImages(images, count);
            batches.add(count);
            int number = inferences.getAndIncrement();
            float[] probabilities = new float[2 * count];
            for (int image = 0; image < count; image++) {
                int first = image * LoggedEvents.VALUES;
                boolean right = answer.of(number, images[first + 1] > images[first]);
                probabilities[2 * image] = right ? 1 - certainty : certainty;
                probabilities[2 * image + 1] = right ? certainty : 1 - certainty;
            }
            return probabilities;
        }

        @Override
        public float[] logits(float[] images, int count) {
            throw new UnsupportedOperationException("no logits");
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }
}
