package io.catwalk.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.catwalk.modelarchives.ModelFormat;
import io.catwalk.modelarchives.ModelSource;
import io.catwalk.network.inference.Classifier;
import io.catwalk.network.inference.ModelSignature;
import io.catwalk.network.inference.UnloadableModelException;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.objectstore.Digest;

/** Models of {@link TinyDataset} that are right as often as their makers say. */
public final class FakeModels implements ModelSource {
    private static final ModelSignature SIGNATURE = new ModelSignature(new ImageShape(1, 2, 1), 2);

    private final Map<Digest, FakeModel> models = new ConcurrentHashMap<>();
    private final AtomicReference<Runnable> beforeOpening = new AtomicReference<>(() -> {});
    private final AtomicInteger open = new AtomicInteger();

    /** A model that is right on the first so many images of each split. */
    public Digest right(int images) {
        return add("right " + images, new FakeModel(SIGNATURE, images, 1));
    }

    /** A model whose probabilities are NaN. */
    public Digest notANumber() {
        return add("NaN", new FakeModel(SIGNATURE, 0, Float.NaN));
    }

    /** A model of larger images. */
    public Digest ofAnotherShape() {
        return add("large", new FakeModel(new ModelSignature(new ImageShape(32, 32, 3), 2), 20, 1));
    }

    /** A digest that nothing stands behind. */
    public Digest missing() {
        return Digest.of("missing".getBytes(UTF_8));
    }

    /** Happens once, before the next model is opened. */
    public void beforeNextOpening(Runnable action) {
        beforeOpening.set(action);
    }

    /** Models that were opened and not closed. */
    public int open() {
        return open.get();
    }

    @Override
    public Classifier open(ModelFormat format, Digest archive) {
        beforeOpening.getAndSet(() -> {}).run();
        FakeModel model = models.get(archive);
        if (model == null) {
            throw new UnloadableModelException("model " + archive + " is missing");
        }
        open.incrementAndGet();
        return new Opened(model, open);
    }

    private Digest add(String name, FakeModel model) {
        Digest digest = Digest.of(name.getBytes(UTF_8));
        models.put(digest, model);
        return digest;
    }

    private record FakeModel(ModelSignature signature, int right, float certainty) {}

    private record Opened(FakeModel model, AtomicInteger open) implements Classifier {
        @Override
        public ModelSignature signature() {
            return model.signature();
        }

        @Override
        public float[] probabilities(float[] images, int count) {
            float[] probabilities = new float[2 * count];
            for (int image = 0; image < count; image++) {
                int index = Math.round(images[2 * image] * 255);
                int label = Math.round(images[2 * image + 1] * 255);
                int predicted = index < model.right() ? label : 1 - label;
                probabilities[2 * image + predicted] = model.certainty();
            }
            return probabilities;
        }

        @Override
        public float[] logits(float[] images, int count) {
            throw new UnsupportedOperationException("no fake logits");
        }

        @Override
        public void close() {
            open.decrementAndGet();
        }
    }
}
