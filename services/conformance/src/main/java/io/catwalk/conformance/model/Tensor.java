package io.catwalk.conformance.model;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * An input's elements.
 *
 * @param values row-major; of {@link Datatype#BYTES} each stands for its digits
 */
public record Tensor(String name, Datatype datatype, List<Long> shape, double[] values) {
    /** Of a length and at most two digits. */
    private static final int LONGEST_TEXT = Integer.BYTES + 2;

    public Tensor {
        shape = List.copyOf(shape);
    }

    /** All elements in one array. */
    public ArrayNode flat() {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        Arrays.stream(values).forEach(value -> array.add(datatype.json(value)));
        return array;
    }

    /** Arrays of arrays, one for each dimension. */
    public JsonNode nested() {
        return nested(0, 0);
    }

    /** Little-endian; elements of {@link Datatype#BYTES} each after its length in 4 bytes. */
    public byte[] binary() {
        int most = datatype == Datatype.BYTES ? LONGEST_TEXT : datatype.bytes();
        ByteBuffer bytes = ByteBuffer.allocate(values.length * most).order(ByteOrder.LITTLE_ENDIAN);
        Arrays.stream(values).forEach(value -> datatype.write(value, bytes));
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    /** Elements of {@link Datatype#BYTES}. */
    public List<String> texts() {
        return DoubleStream.of(values).mapToObj(Datatype::text).toList();
    }

    private JsonNode nested(int dimension, int first) {
        if (dimension == shape.size()) {
            return datatype.json(values[first]);
        }
        int length = Math.toIntExact(shape.get(dimension));
        int stride = Math.toIntExact(
                shape.stream().skip(dimension + 1L).mapToLong(Long::longValue).reduce(1, (a, b) -> a * b));
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (int index = 0; index < length; index++) {
            array.add(nested(dimension + 1, first + index * stride));
        }
        return array;
    }
}
