package io.catwalk.training.sweep.space;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;

/** Protobuf's own JSON values as Jackson's, and back; numbers that are whole have no fraction. */
public final class JsonValue {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    /** Whole numbers up to here are doubles too. */
    private static final double EXACT = 1L << 53;

    private JsonValue() {}

    /** @throws IllegalArgumentException for what protobuf's values can't hold */
    public static Struct struct(Map<String, JsonNode> values) {
        ObjectNode object = NODES.objectNode();
        values.forEach(object::set);
        Struct.Builder struct = Struct.newBuilder();
        try {
            JsonFormat.parser().merge(object.toString(), struct);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException("no values: " + object, e);
        }
        return struct.build();
    }

    static JsonNode tree(Value value) {
        return switch (value.getKindCase()) {
            case NULL_VALUE, KIND_NOT_SET -> NODES.nullNode();
            case NUMBER_VALUE -> number(value.getNumberValue());
            case STRING_VALUE -> NODES.textNode(value.getStringValue());
            case BOOL_VALUE -> NODES.booleanNode(value.getBoolValue());
            case STRUCT_VALUE -> object(value.getStructValue());
            case LIST_VALUE -> array(value.getListValue());
        };
    }

    static JsonNode number(double number) {
        return number == Math.rint(number) && Math.abs(number) <= EXACT
                ? NODES.numberNode((long) number)
                : NODES.numberNode(number);
    }

    private static ObjectNode object(Struct struct) {
        ObjectNode object = NODES.objectNode();
        struct.getFieldsMap().forEach((name, value) -> object.set(name, tree(value)));
        return object;
    }

    private static ArrayNode array(ListValue list) {
        ArrayNode array = NODES.arrayNode();
        list.getValuesList().forEach(value -> array.add(tree(value)));
        return array;
    }
}
