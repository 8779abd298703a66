package io.catwalk.network.inference;

import java.nio.file.Path;

import io.catwalk.network.export.ServingSignature;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;

/** A loaded model. Any number of threads may call it at once; a close waits for running calls. */
public final class Classifier implements AutoCloseable {
    /** Runs operations on the calling thread: one thread switch less, a tenth of a single image's time. */
    private static final RunOptions ON_CALLING_THREAD =
            RunOptions.newBuilder().setInterOpThreadPool(-1).build();

    private final SavedModelBundle model;
    private final ModelSignature signature;
    private final String imagesTensor;
    private final String probabilitiesTensor;
    private final String logitsTensor;

    private Classifier(SavedModelBundle model, MetaGraphDef description, ModelSignature signature) {
        this.model = model;
        this.signature = signature;
        var names = description.getSignatureDefOrThrow(ServingSignature.NAME);
        imagesTensor = names.getInputsOrThrow(ServingSignature.IMAGES).getName();
        probabilitiesTensor =
                names.getOutputsOrThrow(ServingSignature.PROBABILITIES).getName();
        logitsTensor = names.getOutputsOrThrow(ServingSignature.LOGITS).getName();
    }

    /**
     * Checks a SavedModel, loads it, and classifies one black image, which warms it up.
     *
     * @throws UnloadableModelException when a file is missing or damaged, the signature isn't {@link ServingSignature},
     *     an operation isn't allowed, TensorFlow refuses it, or the black image's outputs aren't finite
     */
    public static Classifier load(Path savedModel) {
        MetaGraphDef description = SavedModelFile.read(savedModel);
        ModelSignature signature = ModelSignature.of(description);
        AllowedOperations.require(description.getGraphDef());
        try {
            SavedModelBundle model = SavedModelBundle.load(savedModel.toString(), ServingSignature.TAG);
            return warmedUp(new Classifier(model, description, signature));
        } catch (TensorFlowException | IllegalArgumentException e) {
            throw new UnloadableModelException("TensorFlow can't load the model: " + e.getMessage(), e);
        }
    }

    public ModelSignature signature() {
        return signature;
    }

    /**
     * Probabilities of each class for each image. Native memory grows with {@code count}: split large sets.
     *
     * @param images {@code count * height * width * channels} values within 0..1, row-major
     * @return {@code count * classes} values, image by image
     * @throws IllegalArgumentException when {@code images} has another length, or {@code count} is below 1
     * @throws IllegalStateException after {@link #close}
     */
    public float[] probabilities(float[] images, int count) {
        return run(probabilitiesTensor, images, count);
    }

    /** The softmax's input; arguments and errors as for {@link #probabilities}. */
    public float[] logits(float[] images, int count) {
        return run(logitsTensor, images, count);
    }

    @Override
    public void close() {
        model.close();
    }

    private static Classifier warmedUp(Classifier classifier) {
        try {
            float[] black =
                    new float[Math.toIntExact(classifier.signature.input().size())];
            requireFinite(ServingSignature.PROBABILITIES, classifier.probabilities(black, 1));
            requireFinite(ServingSignature.LOGITS, classifier.logits(black, 1));
            return classifier;
        } catch (RuntimeException e) {
            classifier.close();
            throw e;
        }
    }

    private static void requireFinite(String output, float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new UnloadableModelException("the model gives %s of %s".formatted(output, value));
            }
        }
    }

    private float[] run(String output, float[] images, int count) {
        if (count < 1 || images.length != count * signature.input().size()) {
            throw new IllegalArgumentException("%d images of %s need %d values each, not %d in all"
                    .formatted(count, signature.input(), signature.input().size(), images.length));
        }
        try (TFloat32 batch = tensorOf(images, count);
                Result result = model.session()
                        .runner()
                        .setOptions(ON_CALLING_THREAD)
                        .feed(imagesTensor, batch)
                        .fetch(output)
                        .run()) {
            var values = result.get(0).asRawTensor().data().asFloats();
            if (values.size() != (long) count * signature.classes()) {
                throw new UnloadableModelException("the model gives %d values for %d images of %d classes"
                        .formatted(values.size(), count, signature.classes()));
            }
            float[] copy = new float[(int) values.size()];
            values.read(copy);
            return copy;
        }
    }

    private TFloat32 tensorOf(float[] images, int count) {
        var input = signature.input();
        return TFloat32.tensorOf(
                Shape.of(count, input.height(), input.width(), input.channels()),
                tensor -> tensor.asRawTensor().data().asFloats().write(images));
    }
}
