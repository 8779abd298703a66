package io.catwalk.serving.protocol.v1;

import io.catwalk.serving.protocol.tensor.ImageBatch;

/** A predict request's images and format, which the response uses too. */
record PredictRequest(Form form, ImageBatch images) {
    /** The forms of a predict request, with the names of their tensors in request and answer. */
    enum Form {
        ROW("instances", "predictions"),
        COLUMN("inputs", "outputs");

        private final String request;
        private final String response;

        Form(String request, String response) {
            this.request = request;
            this.response = response;
        }

        String request() {
            return request;
        }

        String response() {
            return response;
        }
    }
}
