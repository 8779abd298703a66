package io.catwalk.events;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;

/**
 * Makes a payload of its proto3 JSON as protobuf's {@link JsonFormat} does, but names the field that can't be read, and takes
 * neither {@code [5]} for 5 nor 7 for "7".
 *
 * @param strict refuses names of fields and enums that the message doesn't have; otherwise a later version may have written them
 */
record PayloadReader<M extends Message>(EventType<M> type, boolean strict) {
    private static final Set<String> NOT_FINITE = Set.of("NaN", "Infinity", "-Infinity");
    private static final JsonFormat.Parser STRICT = JsonFormat.parser();
    private static final JsonFormat.Parser LENIENT = JsonFormat.parser().ignoringUnknownFields();

    /** @throws BadEventException for the first wrong field, at its dotted JSON path */
    M read(JsonNode json) {
        if (!(json instanceof ObjectNode object)) {
            throw BadEventException.broken("value", "is not a JSON object");
        }
        Message.Builder payload = type.newBuilder();
        merge(object, payload, "");
        return type.cast(payload.build());
    }

    /** @param path of the object; empty for the payload's own */
    private void merge(ObjectNode object, Message.Builder message, String path) {
        String prefix = path.isEmpty() ? "" : path + ".";
        Set<FieldDescriptor> seen = new HashSet<>();
        object.properties()
                .forEach(member -> field(message, prefix, member.getKey(), seen)
                        .filter(unused -> !member.getValue().isNull())
                        .ifPresent(field -> {
                            OneofDescriptor oneof = field.getRealContainingOneof();
                            if (oneof != null && message.hasOneof(oneof)) {
                                throw BadEventException.wrong(
                                        path.isEmpty() ? "value" : path, object, MessageRules.expectation(oneof));
                            }
                            set(message, field, prefix + field.getJsonName(), member.getValue());
                        }));
    }

    /**
     * @param seen fields of the same object, to which it is added
     * @throws BadEventException for an unknown one that is refused, or a second name of one field
     */
    private Optional<FieldDescriptor> field(
            Message.Builder message, String prefix, String name, Set<FieldDescriptor> seen) {
        Optional<FieldDescriptor> field = FieldNames.find(message.getDescriptorForType(), name);
        if (field.isEmpty() && strict) {
            throw BadEventException.broken(
                    ShownValue.unquoted(prefix + name),
                    "is not a field of " + type.noun() + FieldNames.hint(message.getDescriptorForType(), name));
        }
        field.filter(known -> !seen.add(known)).ifPresent(twice -> {
            throw BadEventException.broken(
                    ShownValue.unquoted(prefix + name),
                    "stands twice, as " + twice.getJsonName() + " and as " + twice.getName());
        });
        return field;
    }

    private void set(Message.Builder message, FieldDescriptor field, String path, JsonNode value) {
        if (!field.isRepeated()) {
            value(message, field, path, value).ifPresent(read -> message.setField(field, read));
        } else if (value instanceof ArrayNode elements) {
            for (int i = 0; i < elements.size(); i++) {
                value(message, field, path + "[" + i + "]", elements.get(i))
                        .ifPresent(read -> message.addRepeatedField(field, read));
            }
        } else {
            throw wrong(field, path, value);
        }
    }

    /** Empty for an enum's unknown name. */
    private Optional<?> value(Message.Builder message, FieldDescriptor field, String path, JsonNode value) {
        if (value instanceof ObjectNode object
                && field.getJavaType() == JavaType.MESSAGE
                && form(field) == Form.MESSAGE) {
            Message.Builder part = message.newBuilderForField(field);
            merge(object, part, path);
            return Optional.of(part.build());
        }
        if (!hasForm(field, value)) {
            throw wrong(field, path, value);
        }
        try {
            return switch (field.getJavaType()) {
                case INT -> Optional.of(new BigDecimal(value.asText()).intValueExact());
                case LONG -> Optional.of(new BigDecimal(value.asText()).longValueExact());
                case DOUBLE -> Optional.of(number(value.asText()));
                case BOOLEAN -> Optional.of(value.booleanValue());
                case STRING -> Optional.of(value.textValue());
                case FLOAT, BYTE_STRING, ENUM, MESSAGE -> byProtobuf(message, field, value);
            };
        } catch (NumberFormatException | ArithmeticException | InvalidProtocolBufferException e) {
            throw wrong(field, path, value);
        }
    }

    private static double number(String text) {
        if (NOT_FINITE.contains(text)) {
            return Double.parseDouble(text);
        }
        double number = new BigDecimal(text).doubleValue();
        if (Double.isInfinite(number)) {
            throw new ArithmeticException("beyond a double: " + text);
        }
        return number;
    }

    /** By protobuf's parser, in a message of its own. */
    private Optional<?> byProtobuf(Message.Builder message, FieldDescriptor field, JsonNode value)
            throws InvalidProtocolBufferException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.set(field.getJsonName(), field.isRepeated() ? object.arrayNode().add(value) : value);
        Message.Builder alone = message.getDefaultInstanceForType().newBuilderForType();
        (strict ? STRICT : LENIENT).merge(object.toString(), alone);
        return Optional.ofNullable(alone.getAllFields().get(field))
                .map(read -> read instanceof List<?> elements ? elements.getFirst() : read);
    }

    private BadEventException wrong(FieldDescriptor field, String path, JsonNode value) {
        Optional<String> limits =
                path.endsWith("]") ? Optional.empty() : type.rules().expectation(field);
        return BadEventException.wrong(
                path, value.isTextual() ? value.textValue() : value, limits.orElseGet(() -> expectation(field)));
    }

    /** What a message is in proto3 JSON: of protobuf's own some aren't objects, and a Struct's names are any. */
    private enum Form {
        LIST,
        DURATION,
        TIME,
        ANY_OBJECT,
        MESSAGE
    }

    private static Form form(FieldDescriptor field) {
        return switch (field.getMessageType().getFullName()) {
            case "google.protobuf.Duration" -> Form.DURATION;
            case "google.protobuf.Timestamp" -> Form.TIME;
            case "google.protobuf.ListValue" -> Form.LIST;
            case "google.protobuf.Struct" -> Form.ANY_OBJECT;
            default -> Form.MESSAGE;
        };
    }

    private static boolean hasForm(FieldDescriptor field, JsonNode value) {
        return switch (field.getJavaType()) {
            case INT, LONG, FLOAT, DOUBLE, ENUM -> value.isNumber() || value.isTextual();
            case BOOLEAN -> value.isBoolean();
            case STRING, BYTE_STRING -> value.isTextual();
            case MESSAGE ->
                switch (form(field)) {
                    case LIST -> value.isArray();
                    case DURATION, TIME -> value.isTextual();
                    case ANY_OBJECT, MESSAGE -> value.isObject();
                };
        };
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
                    case DURATION -> "must be a string as \"30s\"";
                    case TIME -> "must be a string as \"2026-11-29T12:00:00Z\"";
                    case ANY_OBJECT, MESSAGE -> "must be an object";
                };
        };
    }
}
