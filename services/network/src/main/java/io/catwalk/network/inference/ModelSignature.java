package io.catwalk.network.inference;

import static io.catwalk.network.export.ServingSignature.IMAGES;
import static io.catwalk.network.export.ServingSignature.LOGITS;
import static io.catwalk.network.export.ServingSignature.PROBABILITIES;

import java.util.List;
import java.util.Map;

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

    /** @throws UnloadableModelException unless the model has the signature, with exactly these tensors */
    static ModelSignature of(MetaGraphDef model) {
        SignatureDef signature =
                model.getSignatureDefOrDefault(ServingSignature.NAME, SignatureDef.getDefaultInstance());
        List<Long> images = shape(signature.getInputsMap(), IMAGES, 4);
        List<Long> probabilities = shape(signature.getOutputsMap(), PROBABILITIES, 2);
        List<Long> logits = shape(signature.getOutputsMap(), LOGITS, 2);
        if (signature.getInputsCount() != 1 || !probabilities.equals(logits)) {
            throw wrong("it takes %s and gives %s %s, %s %s"
                    .formatted(signature.getInputsMap().keySet(), PROBABILITIES, probabilities, LOGITS, logits));
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

    private static List<Long> shape(Map<String, TensorInfo> tensors, String name, int rank) {
        TensorInfo tensor = tensors.getOrDefault(name, TensorInfo.getDefaultInstance());
        List<Long> shape = tensor.getTensorShape().getDimList().stream()
                .map(TensorShapeProto.Dim::getSize)
                .toList();
        boolean anyBatch = !shape.isEmpty() && shape.getFirst() == -1;
        boolean fixedSample = shape.stream().skip(1).allMatch(size -> size > 0);
        if (tensor.getDtype() != DataType.DT_FLOAT || shape.size() != rank || !anyBatch || !fixedSample) {
            throw wrong("%s is %s %s".formatted(name, tensor.getDtype(), shape));
        }
        return shape;
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
