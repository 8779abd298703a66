package io.catwalk.network.inference;

import java.nio.file.Path;

import io.catwalk.network.export.ServingSignature;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;

/** A SavedModel in TensorFlow. */
public final class SavedModelClassifier implements Classifier {
    /** Runs operations on the calling thread: one thread switch less, a tenth of a single image's time. */
    private static final RunOptions ON_CALLING_THREAD =
            RunOptions.newBuilder().setInterOpThreadPool(-1).build();

    private final SavedModelBundle model;
    private final ModelSignature signature;
    private final String imagesTensor;
    private final String probabilitiesTensor;
    private final String logitsTensor;

    private SavedModelClassifier(SavedModelBundle model, SavedModelFile file) {
        this.model = model;
        this.signature = file.signature();
        var names = file.description().getSignatureDefOrThrow(ServingSignature.NAME);
        imagesTensor = names.getInputsOrThrow(ServingSignature.IMAGES).getName();
        probabilitiesTensor =
                names.getOutputsOrThrow(ServingSignature.PROBABILITIES).getName();
        logitsTensor = names.getOutputsOrThrow(ServingSignature.LOGITS).getName();
    }

    /**
     * Checks a SavedModel, loads it, and classifies one black image, which warms it up.
     *
     * @param limits of the model's tensors
     * @throws UnloadableModelException when a file is missing or damaged, the signature isn't {@link ServingSignature},
     *     an operation isn't allowed, the tensors are too large, TensorFlow refuses it, or the black image's outputs aren't finite
     */
    public static SavedModelClassifier load(Path savedModel, TensorLimits limits) {
        SavedModelFile file = SavedModelFile.read(savedModel, limits);
        try {
            SavedModelBundle model = SavedModelBundle.load(savedModel.toString(), ServingSignature.TAG);
            return WarmUp.of(new SavedModelClassifier(model, file));
        } catch (TensorFlowException | IllegalArgumentException e) {
            throw new UnloadableModelException("TensorFlow can't load the model: " + message(e, savedModel), e);
        }
    }

    @Override
    public ModelSignature signature() {
        return signature;
    }

    @Override
    public float[] probabilities(float[] images, int count) {
        return run(probabilitiesTensor, images, count);
    }

    @Override
    public float[] logits(float[] images, int count) {
        return run(logitsTensor, images, count);
    }

    @Override
    public void close() {
        model.close();
    }

    /** TensorFlow names files by their paths, which are this machine's alone. */
    private static String message(RuntimeException e, Path savedModel) {
        return String.valueOf(e.getMessage()).replace(savedModel.toString(), "model");
    }

    private float[] run(String output, float[] images, int count) {
        signature.requireImages(images, count);
        try (TFloat32 batch = tensorOf(images, count);
                Result result = model.session()
                        .runner()
                        .setOptions(ON_CALLING_THREAD)
                        .feed(imagesTensor, batch)
                        .fetch(output)
                        .run()) {
            var values = result.get(0).asRawTensor().data().asFloats();
            signature.requireOutput(values.size(), count);
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
