package io.catwalk.serving.protocol.v2;

import java.util.List;
import java.util.Optional;

import io.catwalk.serving.protocol.tensor.ImageBatch;

/**
 * An inference request.
 *
 * @param id to be echoed
 * @param outputs what is to be answered, in order; the same output may be requested in several forms
 */
record InferRequest(Optional<String> id, ImageBatch images, List<OutputForm> outputs) {
    InferRequest {
        outputs = List.copyOf(outputs);
    }

    /** How the probabilities are to be answered. */
    sealed interface OutputForm {
        /** As JSON numbers. */
        record Numbers() implements OutputForm {}

        /** As bytes after the JSON: float32, little-endian, row-major. */
        record Binary() implements OutputForm {}

        /**
         * The most probable classes, as strings {@code probability:index:label}.
         *
         * @param binary whether they follow the JSON, each after its length in 4 bytes
         */
        record TopClasses(int count, boolean binary) implements OutputForm {}
    }
}
