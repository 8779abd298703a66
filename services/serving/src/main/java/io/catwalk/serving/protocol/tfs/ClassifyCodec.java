package io.catwalk.serving.protocol.tfs;

import java.util.List;

import io.catwalk.protocol.tensorflow.serving.ClassificationRequest;
import io.catwalk.protocol.tensorflow.serving.ClassificationResponse;
import io.catwalk.protocol.tensorflow.serving.ClassificationResult;
import io.catwalk.protocol.tensorflow.serving.Classifications;
import io.catwalk.serving.protocol.exchange.Call;
import io.catwalk.serving.protocol.exchange.Codec;
import io.catwalk.serving.protocol.exchange.Decoded;
import io.catwalk.serving.protocol.image.EncodedPictures;
import io.catwalk.serving.protocol.image.PictureReader;
import io.catwalk.serving.protocol.tensor.ImageBatch;

/** Answers Classify: a score for each class of each example. */
record ClassifyCodec(PictureReader pictures) implements Codec<ClassificationRequest, ClassificationResponse> {
    @Override
    public Decoded<ClassificationResponse> decode(ClassificationRequest request, Call call) {
        ImageBatch images = new ExampleReader(call.signature(), call.maxImages(), EncodedPictures.of(pictures, call))
                .read(request.getInput());
        return new Decoded<>(images, probabilities -> write(call, probabilities));
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
