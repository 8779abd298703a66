package io.catwalk.serving.protocol.v2;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

import io.catwalk.serving.protocol.tensor.FloatTensor;

/**
 * An input as in the JSON, not validated yet.
 *
 * @param data the numbers, if they are in the JSON
 * @param binaryBytes the number of bytes, if the numbers follow the JSON
 */
record InputTensor(
        String name, String datatype, List<Long> shape, Optional<FloatTensor> data, OptionalLong binaryBytes) {
    InputTensor {
        shape = List.copyOf(shape);
    }
}
