package io.catwalk.events;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
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
    private final BiPredicate<FieldDescriptor, JsonNode> test;
    private final UnknownFields unknown;

    private JsonFields(BiPredicate<FieldDescriptor, JsonNode> test, UnknownFields unknown) {
        this.test = test;
        this.unknown = unknown;
    }

    /** By the JSON type alone, which is quick. */
    static JsonFields byShape(UnknownFields unknown) {
        return new JsonFields(JsonFields::hasShape, unknown);
    }

    /** By reading each field alone with protobuf's parser. */
    static JsonFields byReading(UnknownFields unknown) {
        return new JsonFields((field, value) -> isReadable(unknown.parser(), field, value), unknown);
    }

    private record Fault(String path, FieldDescriptor field, JsonNode value) {}

    /** A message's JSON and where it stands. */
    private record Place(EventType<?> type, Descriptor message, String prefix) {
        Place within(Fault fault) {
            return new Place(type, fault.field().getMessageType(), fault.path() + ".");
        }
    }

    /** @throws BadEventException for the first wrong field, at its dotted JSON path */
    void check(EventType<?> type, ObjectNode object) {
        Place whole = new Place(type, type.newBuilder().getDescriptorForType(), "");
        faults(whole, object).findFirst().ifPresent(fault -> {
            boolean isElement = fault.path().endsWith("]");
            Optional<String> limits =
                    isElement ? Optional.empty() : type.rules().expectation(fault.field());
            throw BadEventException.wrong(
                    fault.path(), shown(fault.value()), limits.orElseGet(() -> expectation(fault.field())));
        });
    }

    private Stream<Fault> faults(Place place, ObjectNode object) {
        Set<FieldDescriptor> seen = new HashSet<>();
        return object.properties().stream()
                .flatMap(entry -> field(place, entry.getKey(), seen).stream()
                        .filter(unused -> !entry.getValue().isNull())
                        .flatMap(field -> fieldFaults(
                                place, new Fault(place.prefix() + field.getJsonName(), field, entry.getValue()))));
    }

    /**
     * @param seen fields of the same object, to which it is added
     * @throws BadEventException for an unknown one that is refused, or a second name of one field
     */
    private Optional<FieldDescriptor> field(Place place, String name, Set<FieldDescriptor> seen) {
        Optional<FieldDescriptor> field = FieldNames.find(place.message(), name);
        String path = ShownValue.unquoted(place.prefix() + name);
        if (field.isEmpty() && unknown == UnknownFields.REFUSED) {
            throw BadEventException.broken(
                    path, "is not a field of " + place.type().noun() + FieldNames.hint(place.message(), name));
        }
        field.filter(known -> !seen.add(known)).ifPresent(twice -> {
            throw BadEventException.broken(
                    path, "stands twice, as " + twice.getJsonName() + " and as " + twice.getName());
        });
        return field;
    }

    private Stream<Fault> fieldFaults(Place place, Fault candidate) {
        if (!candidate.field().isRepeated()) {
            return valueFaults(place, candidate);
        }
        if (candidate.value() instanceof ArrayNode elements) {
            return IntStream.range(0, elements.size())
                    .mapToObj(index ->
                            new Fault(candidate.path() + "[" + index + "]", candidate.field(), elements.get(index)))
                    .flatMap(element -> valueFaults(place, element));
        }
        return Stream.of(candidate);
    }

    /** Those inside a message first, then the message as a whole, as two places where one is allowed. */
    private Stream<Fault> valueFaults(Place place, Fault candidate) {
        Stream<Fault> inner = candidate.field().getJavaType() == JavaType.MESSAGE
                        && candidate.value() instanceof ObjectNode nested
                        && !isOpen(candidate.field())
                ? faults(place.within(candidate), nested)
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

    private static boolean isReadable(JsonFormat.Parser parser, FieldDescriptor field, JsonNode value) {
        ObjectNode alone = JsonNodeFactory.instance.objectNode();
        alone.set(field.getJsonName(), field.isRepeated() ? alone.arrayNode().add(value) : value);
        try {
            parser.merge(alone.toString(), DynamicMessage.newBuilder(field.getContainingType()));
            return true;
        } catch (InvalidProtocolBufferException e) {
            return false;
        }
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
