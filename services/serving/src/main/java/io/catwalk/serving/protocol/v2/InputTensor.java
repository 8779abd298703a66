package io.catwalk.serving.protocol.v2;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import io.catwalk.serving.protocol.tensor.FloatTensor;

/**
 * An input as in the JSON, not validated yet.
 *
 * @param data the elements, if they are in the JSON
 * @param binaryBytes the number of bytes, if the elements follow the JSON
 */
record InputTensor(String name, String datatype, List<Long> shape, Optional<Data> data, OptionalLong binaryBytes) {
    InputTensor {
        shape = List.copyOf(shape);
    }

    /** Elements in the JSON. */
    sealed interface Data {
        record Numbers(FloatTensor tensor) implements Data {}

        /** Base64 strings, decoded. */
        record Strings(List<byte[]> elements) implements Data {
            public Strings {
                elements = List.copyOf(elements);
            }
        }
    }
}
