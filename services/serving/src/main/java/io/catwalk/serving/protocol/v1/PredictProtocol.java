package io.catwalk.serving.protocol.v1;

import io.catwalk.serving.protocol.exchange.Answer;
import io.catwalk.serving.protocol.exchange.Call;
import io.catwalk.serving.protocol.exchange.JsonOutput;
import io.catwalk.serving.protocol.exchange.Protocol;

/** Answers {@code :predict}: an array of probabilities for each image, under the name that goes with the request's form. */
final class PredictProtocol implements Protocol {
    @Override
    public Answer answer(Call call) {
        PredictRequest request = new PredictRequestReader(call.signature(), call.maxImages()).read(call.body());
        float[] probabilities = call.probabilities(request.images());
        int classes = call.signature().classes();
        return Answer.json(JsonOutput.write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart(request.form().response());
            for (int first = 0; first < probabilities.length; first += classes) {
                JsonOutput.floats(json, probabilities, first, classes);
            }
            json.writeEndArray();
            json.writeEndObject();
        }));
    }
}
