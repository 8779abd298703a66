package io.catwalk.serving.protocol.tfs;

import io.catwalk.protocol.tensorflow.DataType;
import io.catwalk.protocol.tensorflow.TensorProto;
import io.catwalk.protocol.tensorflow.TensorShapeProto;
import io.catwalk.protocol.tensorflow.TensorShapeProto.Dim;
import io.catwalk.protocol.tensorflow.serving.PredictRequest;
import io.catwalk.protocol.tensorflow.serving.PredictResponse;
import io.catwalk.serving.engine.Signature;
import io.catwalk.serving.protocol.exchange.Call;
import io.catwalk.serving.protocol.exchange.Codec;
import io.catwalk.serving.protocol.exchange.Decoded;
import io.catwalk.serving.protocol.image.EncodedPictures;
import io.catwalk.serving.protocol.image.PictureReader;
import io.catwalk.serving.protocol.tensor.ImageBatch;
import io.catwalk.serving.refusal.RefusedException;
import io.catwalk.serving.refusal.Shown;

/** Answers Predict: one tensor in, one tensor out. */
record PredictCodec(PictureReader pictures) implements Codec<PredictRequest, PredictResponse> {
    @Override
    public Decoded<PredictResponse> decode(PredictRequest request, Call call) {
        Signature signature = call.signature();
        for (String output : request.getOutputFilterList()) {
            if (!output.equals(signature.output())) {
                throw RefusedException.badInput("output_filter must name '" + signature.output()
                        + "' alone, the model has no output '" + Shown.of(output) + "'");
            }
        }
        TensorProto input = request.getInputsMap().get(signature.input());
        if (input == null || request.getInputsCount() != 1) {
            throw RefusedException.badInput("inputs must hold only the model's input '" + signature.input() + "'");
        }
        ImageBatch images = new TensorReader(
                        signature,
                        call.maxImages(),
                        EncodedPictures.of(pictures, call),
                        "inputs['" + signature.input() + "']")
                .read(input);
        return new Decoded<>(
                images,
                probabilities -> PredictResponse.newBuilder()
                        .setModelSpec(ModelSpecs.of(call.version()))
                        .putOutputs(signature.output(), tensor(probabilities, images.count(), signature.classes()))
                        .build());
    }

    private static TensorProto tensor(float[] probabilities, int images, int classes) {
        TensorProto.Builder tensor = TensorProto.newBuilder()
                .setDtype(DataType.DT_FLOAT)
                .setTensorShape(TensorShapeProto.newBuilder()
                        .addDim(Dim.newBuilder().setSize(images))
                        .addDim(Dim.newBuilder().setSize(classes)));
        for (float probability : probabilities) {
            tensor.addFloatVal(probability);
        }
        return tensor.build();
    }
}
