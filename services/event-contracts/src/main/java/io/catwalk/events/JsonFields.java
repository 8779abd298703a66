package io.catwalk.events;

import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;

/**
 * Finds the field of a JSON object that isn't what its message says. Protobuf's own parser doesn't name it, and takes
 * {@code [5]} for 5 and 7 for "7".
 */
final class JsonFields {
    private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

    private final BiPredicate<FieldDescriptor, JsonNode> test;

    private JsonFields(BiPredicate<FieldDescriptor, JsonNode> test) {
        this.test = test;
    }

    /** By the JSON type alone, which is quick. */
    static JsonFields byShape() {
        return new JsonFields(JsonFields::hasShape);
    }

    /** By reading each field alone with protobuf's parser. */
    static JsonFields byReading() {
        return new JsonFields(JsonFields::isReadable);
    }

    private record Fault(String path, FieldDescriptor field, JsonNode value) {}

    /** @throws BadEventException for the first wrong field, at its dotted JSON path */
    void check(EventType<?> type, ObjectNode object) {
        faults(type.newBuilder().getDescriptorForType(), object, "").findFirst().ifPresent(fault -> {
            String expectation =
                    type.rules().expectation(fault.path(), fault.field()).orElseGet(() -> expectation(fault.field()));
            throw BadEventException.wrong(fault.path(), shown(fault.value()), expectation);
        });
    }

    private Stream<Fault> faults(Descriptor message, ObjectNode object, String prefix) {
        return object.properties().stream()
                .filter(entry -> !entry.getValue().isNull())
                .flatMap(entry -> fieldOf(message, entry.getKey()).stream()
                        .flatMap(field ->
                                fieldFaults(new Fault(prefix + field.getJsonName(), field, entry.getValue()))));
    }

    private Stream<Fault> fieldFaults(Fault candidate) {
        if (!candidate.field().isRepeated()) {
            return valueFaults(candidate);
        }
        if (candidate.value() instanceof ArrayNode elements) {
            return IntStream.range(0, elements.size())
                    .mapToObj(index ->
                            new Fault(candidate.path() + "[" + index + "]", candidate.field(), elements.get(index)))
                    .flatMap(this::valueFaults);
        }
        return Stream.of(candidate);
    }

    /** Those inside a message first, then the message as a whole, as two places where one is allowed. */
    private Stream<Fault> valueFaults(Fault candidate) {
        Stream<Fault> inner = candidate.field().getJavaType() == JavaType.MESSAGE
                        && candidate.value() instanceof ObjectNode nested
                        && !isOpen(candidate.field())
                ? faults(candidate.field().getMessageType(), nested, candidate.path() + ".")
                : Stream.empty();
        Stream<Fault> whole = test.test(candidate.field(), candidate.value()) ? Stream.empty() : Stream.of(candidate);
        return Stream.concat(inner, whole);
    }

    private static boolean hasShape(FieldDescriptor field, JsonNode value) {
        return switch (field.getJavaType()) {
            case INT, LONG, FLOAT, DOUBLE, ENUM -> value.isNumber() || value.isTextual();
            case BOOLEAN -> value.isBoolean();
            case STRING, BYTE_STRING -> value.isTextual();
            case MESSAGE ->
                switch (form(field)) {
                    case LIST -> value.isArray();
                    case TEXT -> value.isTextual();
                    case OBJECT -> value.isObject();
                };
        };
    }

    /** What a message is in proto3 JSON: protobuf's own durations and lists aren't objects. */
    private enum Form {
        LIST,
        TEXT,
        OBJECT
    }

    private static Form form(FieldDescriptor field) {
        return switch (field.getMessageType().getFullName()) {
            case "google.protobuf.Duration" -> Form.TEXT;
            case "google.protobuf.ListValue" -> Form.LIST;
            default -> Form.OBJECT;
        };
    }

    /** Whether it may hold any names. */
    private static boolean isOpen(FieldDescriptor field) {
        return field.getMessageType().getFullName().equals("google.protobuf.Struct");
    }

    private static boolean isReadable(FieldDescriptor field, JsonNode value) {
        ObjectNode alone = JsonNodeFactory.instance.objectNode();
        alone.set(field.getJsonName(), field.isRepeated() ? alone.arrayNode().add(value) : value);
        try {
            PARSER.merge(alone.toString(), DynamicMessage.newBuilder(field.getContainingType()));
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

    private static Object shown(JsonNode value) {
        return value.isTextual() ? value.textValue() : value;
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
            case MESSAGE ->
                switch (form(field)) {
                    case LIST -> "must be a list";
                    case TEXT -> "must be a string as \"30s\"";
                    case OBJECT -> "must be an object";
                };
        };
    }
}
