package io.catwalk.network.inference;

import static io.catwalk.network.export.ServingSignature.IMAGES;
import static io.catwalk.network.export.ServingSignature.LOGITS;
import static io.catwalk.network.export.ServingSignature.PROBABILITIES;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.catwalk.network.export.ServingSignature;
import io.catwalk.network.inference.TensorSignature.ElementType;
import io.catwalk.network.layer.ImageShape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * A model's inputs and outputs: {@link ServingSignature} with sizes.
 *
 * @param input one image
 */
public record ModelSignature(ImageShape input, int classes) {
    /** The most values in one image, and the most classes: 4096x4096x1. */
    private static final int MAX_VALUES = 1 << 24;

    /** {@code images}. */
    public List<TensorSignature> inputs() {
        return List.of(
                float32(IMAGES, List.of(-1L, (long) input.height(), (long) input.width(), (long) input.channels())));
    }

    /** {@code probabilities} and {@code logits}. */
    public List<TensorSignature> outputs() {
        List<Long> shape = List.of(-1L, (long) classes);
        return List.of(float32(PROBABILITIES, shape), float32(LOGITS, shape));
    }

    /** @throws IllegalArgumentException unless these are the values of at least one and exactly {@code count} images */
    public void requireImages(float[] images, int count) {
        if (count < 1 || images.length != count * input.size()) {
            throw new IllegalArgumentException("%d images of %s need %d values each, not %d in all"
                    .formatted(count, input, input.size(), images.length));
        }
    }

    /** @throws UnloadableModelException unless a model's output has a value for each image and class */
    public void requireOutput(long values, int count) {
        if (values != (long) count * classes) {
            throw new UnloadableModelException(
                    "the model gives %d values for %d images of %d classes".formatted(values, count, classes));
        }
    }

    /** @throws UnloadableModelException unless the model has the signature, with exactly these tensors */
    static ModelSignature of(MetaGraphDef model) {
        SignatureDef signature =
                model.getSignatureDefOrDefault(ServingSignature.NAME, SignatureDef.getDefaultInstance());
        return of(shapes(signature.getInputsMap()), shapes(signature.getOutputsMap()));
    }

    /**
     * The signature of a model with these float32 tensors.
     *
     * @param inputs shapes by name; -1 stands for a dimension of any size
     * @param outputs the same
     * @throws UnloadableModelException unless they are a classifier's
     */
    public static ModelSignature of(Map<String, List<Long>> inputs, Map<String, List<Long>> outputs) {
        if (inputs.size() != 1) {
            throw wrong("it takes " + inputs.keySet());
        }
        List<Long> images = inputs.getOrDefault(IMAGES, List.of());
        List<Long> probabilities = outputs.getOrDefault(PROBABILITIES, List.of());
        List<Long> logits = outputs.getOrDefault(LOGITS, List.of());
        requireBatch(IMAGES, images, 4);
        requireBatch(PROBABILITIES, probabilities, 2);
        requireBatch(LOGITS, logits, 2);
        if (!probabilities.equals(logits)) {
            throw wrong("it gives %s %s, %s %s".formatted(PROBABILITIES, probabilities, LOGITS, logits));
        }
        double size = images.stream().skip(1).mapToDouble(Long::doubleValue).reduce(1, (a, b) -> a * b);
        if (size > MAX_VALUES || probabilities.get(1) > MAX_VALUES) {
            throw wrong("%s %s and %s %s are larger than %d values"
                    .formatted(IMAGES, images, PROBABILITIES, probabilities, MAX_VALUES));
        }
        ImageShape input = new ImageShape(
                images.get(1).intValue(),
                images.get(2).intValue(),
                images.get(3).intValue());
        return new ModelSignature(input, probabilities.get(1).intValue());
    }

    /** A tensor of another type has an empty shape, which no signature has. */
    private static Map<String, List<Long>> shapes(Map<String, TensorInfo> tensors) {
        return tensors.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> shape(entry.getValue())));
    }

    private static List<Long> shape(TensorInfo tensor) {
        return tensor.getDtype() == DataType.DT_FLOAT
                ? tensor.getTensorShape().getDimList().stream()
                        .map(TensorShapeProto.Dim::getSize)
                        .toList()
                : List.of();
    }

    private static void requireBatch(String name, List<Long> shape, int rank) {
        boolean anyBatch = !shape.isEmpty() && shape.getFirst() == -1;
        boolean fixedSample = shape.stream().skip(1).allMatch(size -> size > 0);
        if (shape.size() != rank || !anyBatch || !fixedSample) {
            throw wrong("%s is %s".formatted(name, shape.isEmpty() ? "missing or not float32" : shape));
        }
    }

    private static UnloadableModelException wrong(String what) {
        return new UnloadableModelException(
                "the signature %s must take float32 %s [-1, height, width, channels] and give float32 %s and %s [-1, classes]; %s"
                        .formatted(ServingSignature.NAME, IMAGES, PROBABILITIES, LOGITS, what));
    }

    private static TensorSignature float32(String name, List<Long> shape) {
        return new TensorSignature(name, ElementType.FLOAT32, shape);
    }
}
