package io.catwalk.serving.protocol.tfs;

import java.util.List;
import java.util.Optional;

import io.catwalk.protocol.tensorflow.Example;
import io.catwalk.protocol.tensorflow.Feature;
import io.catwalk.protocol.tensorflow.serving.Input;
import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.protocol.image.EncodedPictures;
import io.catwalk.serving.protocol.tensor.Datatype;
import io.catwalk.serving.protocol.tensor.ImageBatch;
import io.catwalk.serving.refusal.RefusedException;

/**
 * Reads examples into images. An example has its image as the feature {@code image/encoded}, a picture as sent to :classify-image, or under the
 * name of the model's input, as floats from 0 to 1 or integers from 0 to 255. A single example may have it in the context: what
 * many share would take far more memory than it brings.
 */
final class ExampleReader {
    private static final String ENCODED = "image/encoded";

    private final Signature signature;
    private final int maxImages;
    private final EncodedPictures pictures;

    ExampleReader(Signature signature, int maxImages, EncodedPictures pictures) {
        this.signature = signature;
        this.maxImages = maxImages;
        this.pictures = pictures;
    }

    /** @throws RefusedException with {@code BAD_INPUT}, naming the example, and as reading a picture does */
    ImageBatch read(Input input) {
        List<Example> examples = examples(input);
        if (examples.isEmpty()) {
            throw RefusedException.badInput("input must hold at least 1 example");
        }
        ImageBatch.requireCount(examples.size(), "input", maxImages);
        return ImageBatch.read(
                examples.size(),
                signature.imageValues(),
                index -> image(examples.get(index), input, "example " + index));
    }

    private static List<Example> examples(Input input) {
        return switch (input.getKindCase()) {
            case EXAMPLE_LIST -> input.getExampleList().getExamplesList();
            case EXAMPLE_LIST_WITH_CONTEXT -> input.getExampleListWithContext().getExamplesList();
            case KIND_NOT_SET -> List.of();
        };
    }

    private float[] image(Example example, Input input, String name) {
        Optional<Feature> picture = feature(example, input, ENCODED);
        if (picture.isPresent()) {
            if (picture.get().getBytesList().getValueCount() != 1) {
                throw RefusedException.badInput(name + ": " + ENCODED + " must be a bytes_list of 1 picture");
            }
            return pictures.decode(picture.get().getBytesList().getValue(0).toByteArray(), name);
        }
        Feature numbers = feature(example, input, signature.input())
                .orElseThrow(() -> RefusedException.badInput(
                        name + " must have the feature '" + ENCODED + "' or '" + signature.input() + "'"));
        return numbers(numbers, name + ": " + signature.input());
    }

    private static Optional<Feature> feature(Example example, Input input, String name) {
        Optional<Feature> own = named(example, name);
        Optional<Feature> shared = named(input.getExampleListWithContext().getContext(), name);
        if (own.isEmpty()
                && shared.isPresent()
                && input.getExampleListWithContext().getExamplesCount() > 1) {
            throw RefusedException.badInput(
                    "the context must not have the feature '" + name + "' for more than 1 example");
        }
        return own.or(() -> shared);
    }

    private static Optional<Feature> named(Example example, String name) {
        return Optional.ofNullable(example.getFeatures().getFeatureMap().get(name));
    }

    private float[] numbers(Feature feature, String name) {
        int expected = signature.imageValues();
        int count = switch (feature.getKindCase()) {
            case FLOAT_LIST -> feature.getFloatList().getValueCount();
            case INT64_LIST -> feature.getInt64List().getValueCount();
            case BYTES_LIST, KIND_NOT_SET -> 0;
        };
        if (count != expected) {
            throw RefusedException.badInput(
                    name + " must be a float_list or int64_list of " + expected + " values, not of " + count);
        }
        return feature.hasFloatList()
                ? Datatype.FP32.convert(count, feature.getFloatList()::getValue, name)
                : Datatype.INT64.convert(count, feature.getInt64List()::getValue, name);
    }
}
