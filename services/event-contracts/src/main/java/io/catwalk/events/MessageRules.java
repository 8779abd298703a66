package io.catwalk.events;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import io.catwalk.limits.v1.LimitsProto;

/**
 * What a message's fields must be; a field without a rule may hold anything of its type. Messages within it are checked by
 * the limits in {@code proto}.
 *
 * @param oneRequired what a field with such a message must be, where the message has a oneof of which one field must be set
 */
record MessageRules(List<FieldRule> rules, Optional<FieldValue> oneRequired) {
    private static final Map<Descriptor, MessageRules> KNOWN = new ConcurrentHashMap<>();

    MessageRules {
        rules = List.copyOf(rules);
    }

    /** The rules that a message's limits in {@code proto} make. */
    static MessageRules of(Descriptor message) {
        MessageRules known = KNOWN.get(message);
        if (known != null) {
            return known;
        }
        MessageRules made = new MessageRules(
                message.getFields().stream()
                        .flatMap(field -> FieldRule.of(field).stream())
                        .toList(),
                message.getRealOneofs().stream()
                        .filter(oneof -> oneof.getOptions().getExtension(LimitsProto.oneRequired))
                        .map(MessageRules::oneOf)
                        .findFirst());
        KNOWN.put(message, made);
        return made;
    }

    /** @throws BadEventException for the first field that breaks its rule */
    void check(Message message) {
        check(message, "");
    }

    /** What a field of the message, or of one within it, must be. */
    Optional<String> expectation(FieldDescriptor field) {
        return rules.stream()
                .filter(rule -> rule.field().equals(field))
                .findFirst()
                .or(() -> FieldRule.of(field))
                .map(rule -> rule.value().expectation());
    }

    private static FieldValue oneOf(OneofDescriptor oneof) {
        return new FieldValue(
                message -> oneof.getFields().stream().anyMatch(((Message) message)::hasField), expectation(oneof));
    }

    static String expectation(OneofDescriptor oneof) {
        return oneof.getFields().stream()
                .map(FieldDescriptor::getJsonName)
                .collect(Collectors.joining(", ", "must hold one of ", ""));
    }

    /** @param prefix the JSON path to the message, as {@code layers[2].dense.} */
    private void check(Message message, String prefix) {
        rules.forEach(rule -> rule.check(message, prefix));
        message.getAllFields().forEach((field, value) -> {
            if (field.getJavaType() != JavaType.MESSAGE) {
                return;
            }
            String path = prefix + field.getJsonName();
            if (value instanceof List<?> elements) {
                IntStream.range(0, elements.size())
                        .forEach(index -> checkPart((Message) elements.get(index), "%s[%d]".formatted(path, index)));
            } else {
                checkPart((Message) value, path);
            }
        });
    }

    private static void checkPart(Message part, String path) {
        MessageRules rules = of(part.getDescriptorForType());
        rules.oneRequired().filter(one -> !one.test().test(part)).ifPresent(one -> {
            throw BadEventException.missing(path, one.expectation());
        });
        rules.check(part, path + ".");
    }
}
