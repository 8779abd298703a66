package io.catwalk.serving.protocol.tfs;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.catwalk.protocol.tensorflow.Example;
import io.catwalk.protocol.tensorflow.Feature;
import io.catwalk.protocol.tensorflow.serving.ClassificationRequest;
import io.catwalk.protocol.tensorflow.serving.ClassificationResponse;
import io.catwalk.protocol.tensorflow.serving.ClassificationResult;
import io.catwalk.protocol.tensorflow.serving.Classifications;
import io.catwalk.protocol.tensorflow.serving.Input;
import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.protocol.exchange.Call;
import io.catwalk.serving.protocol.exchange.Codec;
import io.catwalk.serving.protocol.exchange.Decoded;
import io.catwalk.serving.protocol.image.EncodedPictures;
import io.catwalk.serving.protocol.image.PictureReader;
import io.catwalk.serving.protocol.tensor.Datatype;
import io.catwalk.serving.protocol.tensor.ImageBatch;
import io.catwalk.serving.refusal.RefusedException;

/**
 * Answers Classify. An example has its image as the feature {@code image/encoded}, a PNG or JPEG picture, or under the name of the
 * model's input, as floats from 0 to 1 or integers from 0 to 255.
 */
record ClassifyCodec(PictureReader pictures) implements Codec<ClassificationRequest, ClassificationResponse> {
    private static final String ENCODED = "image/encoded";

    @Override
    public Decoded<ClassificationResponse> decode(ClassificationRequest request, Call call) {
        List<Example> examples = examples(request.getInput());
        if (examples.isEmpty()) {
            throw RefusedException.badInput("input must hold at least 1 example");
        }
        ImageBatch.requireCount(examples.size(), "input", call.maxImages());
        EncodedPictures encoded = EncodedPictures.of(pictures, call);
        int size = call.signature().imageValues();
        float[] values = new float[examples.size() * size];
        for (int index = 0; index < examples.size(); index++) {
            float[] image =
                    image(examples.get(index), request.getInput(), call.signature(), encoded, "example " + index);
            System.arraycopy(image, 0, values, index * size, size);
        }
        return new Decoded<>(new ImageBatch(values, examples.size()), probabilities -> write(call, probabilities));
    }

    private static List<Example> examples(Input input) {
        return switch (input.getKindCase()) {
            case EXAMPLE_LIST -> input.getExampleList().getExamplesList();
            case EXAMPLE_LIST_WITH_CONTEXT -> input.getExampleListWithContext().getExamplesList();
            case KIND_NOT_SET -> List.of();
        };
    }

    private static float[] image(
            Example example, Input input, Signature signature, EncodedPictures encoded, String name) {
        Optional<Feature> picture = feature(example, input, ENCODED);
        if (picture.isPresent()) {
            if (picture.get().getBytesList().getValueCount() != 1) {
                throw RefusedException.badInput(name + ": " + ENCODED + " must be a bytes_list of 1 picture");
            }
            return encoded.decode(picture.get().getBytesList().getValue(0).toByteArray(), name);
        }
        Feature numbers = feature(example, input, signature.input())
                .orElseThrow(() -> RefusedException.badInput(
                        name + " must have the feature '" + ENCODED + "' or '" + signature.input() + "'"));
        return numbers(numbers, signature, name + ": " + signature.input());
    }

    private static Optional<Feature> feature(Example example, Input input, String name) {
        return Stream.of(example, input.getExampleListWithContext().getContext())
                .flatMap(from ->
                        Stream.ofNullable(from.getFeatures().getFeatureMap().get(name)))
                .findFirst();
    }

    private static float[] numbers(Feature feature, Signature signature, String name) {
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

    private static ClassificationResponse write(Call call, float[] probabilities) {
        List<String> labels = call.version().labelNames();
        int classes = call.signature().classes();
        ClassificationResult.Builder result = ClassificationResult.newBuilder();
        for (int first = 0; first < probabilities.length; first += classes) {
            Classifications.Builder one = result.addClassificationsBuilder();
            for (int index = 0; index < classes; index++) {
                one.addClassesBuilder().setLabel(labels.get(index)).setScore(probabilities[first + index]);
            }
        }
        return ClassificationResponse.newBuilder()
                .setModelSpec(ModelSpecs.of(call.version()))
                .setResult(result)
                .build();
    }
}
