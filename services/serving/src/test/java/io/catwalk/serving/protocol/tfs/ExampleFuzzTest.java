package io.catwalk.serving.protocol.tfs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.catwalk.fuzzing.ParserProperty;
import io.catwalk.network.layer.ImageShape;
import io.catwalk.protocol.tensorflow.BytesList;
import io.catwalk.protocol.tensorflow.Example;
import io.catwalk.protocol.tensorflow.Feature;
import io.catwalk.protocol.tensorflow.Features;
import io.catwalk.protocol.tensorflow.FloatList;
import io.catwalk.protocol.tensorflow.Int64List;
import io.catwalk.protocol.tensorflow.serving.ClassificationRequest;
import io.catwalk.protocol.tensorflow.serving.ExampleList;
import io.catwalk.protocol.tensorflow.serving.ExampleListWithContext;
import io.catwalk.protocol.tensorflow.serving.Input;
import io.catwalk.protocol.tensorflow.serving.ModelSpec;
import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.protocol.image.EncodedPictures;
import io.catwalk.serving.refusal.RefusedException;
import org.junit.jupiter.params.provider.MethodSource;

/** Of Classify's requests, with the models that they name. */
class ExampleFuzzTest {
    private static final int MAX_IMAGES = 64;
    private static final ImageShape IMAGE = new ImageShape(32, 32, 1);
    private static final int VALUES = Math.toIntExact(IMAGE.size());
    /** Decoding isn't what is tried here; one picture costs what its bytes may. */
    private static final ExampleReader READER = new ExampleReader(
            new Signature("images", IMAGE, "probabilities", 2),
            MAX_IMAGES,
            new EncodedPictures(VALUES, picture -> new float[VALUES]));

    private static final ParserProperty PROPERTY = ParserProperty.refusesWith(RefusedException.class)
            .orWith(InvalidProtocolBufferException.class)
            .allocates(1 << 18, 300);

    static Stream<byte[]> seeds() {
        Feature floats = Feature.newBuilder()
                .setFloatList(FloatList.newBuilder().addAllValue(Collections.nCopies(VALUES, 0.5f)))
                .build();
        Feature integers = Feature.newBuilder()
                .setInt64List(Int64List.newBuilder().addAllValue(Collections.nCopies(VALUES, 255L)))
                .build();
        Feature picture = Feature.newBuilder()
                .setBytesList(BytesList.newBuilder().addValue(ByteString.copyFromUtf8("picture")))
                .build();
        return Stream.of(
                        examples(example("images", floats)),
                        examples(example("images", integers), example("image/encoded", picture)),
                        examples(example("images", picture)),
                        inContext(example("images", floats), Example.getDefaultInstance()),
                        inContext(
                                example("images", floats),
                                Collections.nCopies(MAX_IMAGES, Example.getDefaultInstance())
                                        .toArray(Example[]::new)))
                .map(input -> ClassificationRequest.newBuilder()
                        .setModelSpec(ModelSpec.newBuilder().setName("fashion"))
                        .setInput(input)
                        .build()
                        .toByteArray());
    }

    private static Input examples(Example... examples) {
        return Input.newBuilder()
                .setExampleList(ExampleList.newBuilder().addAllExamples(List.of(examples)))
                .build();
    }

    private static Input inContext(Example context, Example... examples) {
        return Input.newBuilder()
                .setExampleListWithContext(
                        ExampleListWithContext.newBuilder().setContext(context).addAllExamples(List.of(examples)))
                .build();
    }

    private static Example example(String name, Feature feature) {
        return Example.newBuilder()
                .setFeatures(Features.newBuilder().putFeature(name, feature))
                .build();
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsOrRefuses(byte[] message) {
        PROPERTY.check(message.length, () -> {
                    ClassificationRequest request = ClassificationRequest.parseFrom(message);
                    ModelSpecs.reference(request.getModelSpec());
                    return READER.read(request.getInput());
                })
                .ifPresent(images -> {
                    assertThat(images.count()).isBetween(1, MAX_IMAGES);
                    assertThat(images.values()).hasSize(images.count() * VALUES);
                });
    }
}
