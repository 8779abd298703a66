package io.catwalk.events;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;

/**
 * Finds the field that protobuf's JSON parser stumbled over, which its own message doesn't name: by reading each field
 * alone.
 */
final class JsonFault {
    private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

    private final EventType<?> type;

    JsonFault(EventType<?> type) {
        this.type = type;
    }

    /** A field that can't be read, at its dotted JSON path. */
    private record Fault(String path, FieldDescriptor field, JsonNode value) {}

    BadEventException explain(String json, InvalidProtocolBufferException problem) {
        ObjectNode object = StrictJson.tree(StrictJson.read(json.getBytes(StandardCharsets.UTF_8)));
        return faults(type.newBuilder().getDescriptorForType(), object, "")
                .map(this::describe)
                .findFirst()
                .orElseGet(() -> BadEventException.broken("value", "is not a " + type + ": " + problem.getMessage()));
    }

    private BadEventException describe(Fault fault) {
        String expectation = type.rules().expectation(fault.path()).orElseGet(() -> expectation(fault.field()));
        return BadEventException.wrong(fault.path(), fault.value(), expectation);
    }

    private static Stream<Fault> faults(Descriptor message, ObjectNode object, String prefix) {
        return object.properties().stream()
                .flatMap(entry -> fieldOf(message, entry.getKey())
                        .filter(field -> !reads(message, entry.getKey(), entry.getValue()))
                        .map(field -> narrowest(
                                message, entry, new Fault(prefix + field.getJsonName(), field, entry.getValue())))
                        .stream());
    }

    private static Fault narrowest(Descriptor message, Map.Entry<String, JsonNode> entry, Fault fault) {
        if (fault.field().isRepeated() && entry.getValue() instanceof ArrayNode elements) {
            return elementFault(message, entry.getKey(), elements, fault);
        }
        if (fault.field().getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && entry.getValue() instanceof ObjectNode nested) {
            return faults(fault.field().getMessageType(), nested, fault.path() + ".")
                    .findFirst()
                    .orElse(fault);
        }
        return fault;
    }

    private static Fault elementFault(Descriptor message, String name, ArrayNode elements, Fault list) {
        for (int index = 0; index < elements.size(); index++) {
            JsonNode element = elements.get(index);
            if (!reads(message, name, JsonNodeFactory.instance.arrayNode().add(element))) {
                return new Fault(list.path() + "[" + index + "]", list.field(), element);
            }
        }
        return list;
    }

    private static boolean reads(Descriptor message, String name, JsonNode value) {
        ObjectNode alone = JsonNodeFactory.instance.objectNode();
        alone.set(name, value);
        try {
            PARSER.merge(alone.toString(), DynamicMessage.newBuilder(message));
            return true;
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
    }

    private static Optional<FieldDescriptor> fieldOf(Descriptor message, String name) {
        return message.getFields().stream()
                .filter(field ->
                        field.getJsonName().equals(name) || field.getName().equals(name))
                .findFirst();
    }

    private static String expectation(FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case INT -> "must be a whole number of 32 bits";
            case LONG -> "must be a whole number of 64 bits";
            case FLOAT, DOUBLE -> "must be a number";
            case BOOLEAN -> "must be true or false";
            case STRING -> "must be a string";
            case BYTE_STRING -> "must be base64";
            case ENUM -> "must be a name of " + field.getEnumType().getFullName();
            case MESSAGE -> "must be an object";
        };
    }
}
