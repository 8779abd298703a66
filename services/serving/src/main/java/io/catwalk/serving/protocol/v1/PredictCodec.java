package io.catwalk.serving.protocol.v1;

import io.catwalk.serving.protocol.exchange.Call;
import io.catwalk.serving.protocol.exchange.Codec;
import io.catwalk.serving.protocol.exchange.Decoded;
import io.catwalk.serving.protocol.http.Answer;
import io.catwalk.serving.protocol.http.JsonOutput;

/** Answers {@code :predict}: an array of probabilities for each image, under the name that goes with the request's form. */
final class PredictCodec implements Codec<byte[], Answer> {
    @Override
    public Decoded<Answer> decode(byte[] body, Call call) {
        PredictRequest request = new PredictRequestReader(call.signature(), call.maxImages()).read(body);
        int classes = call.signature().classes();
        return new Decoded<>(request.images(), probabilities -> write(request.form(), classes, probabilities));
    }

    private static Answer write(PredictRequest.Form form, int classes, float[] probabilities) {
        return Answer.json(JsonOutput.write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart(form.response());
            for (int first = 0; first < probabilities.length; first += classes) {
                JsonOutput.floats(json, probabilities, first, classes);
            }
            json.writeEndArray();
            json.writeEndObject();
        }));
    }
}
