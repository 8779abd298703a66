package io.catwalk.events;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

/**
 * What a payload's fields must be; a field without a rule may hold anything of its type.
 *
 * @param rules of the payload's own fields
 * @param parts of the messages within it, wherever they stand
 */
record PayloadRules(List<FieldRule> rules, List<MessageRules> parts) {
    PayloadRules {
        rules = List.copyOf(rules);
        parts = List.copyOf(parts);
    }

    static PayloadRules of(FieldRule... rules) {
        return new PayloadRules(List.of(rules), List.of());
    }

    PayloadRules with(List<MessageRules> more) {
        return new PayloadRules(rules, more);
    }

    /** @throws BadEventException for the first field that breaks its rule */
    void check(Message payload) {
        rules.forEach(rule -> rule.check(payload, ""));
        if (!parts.isEmpty()) {
            checkWithin(payload, "");
        }
    }

    /** What the field must be that stands at this dotted JSON path. */
    Optional<String> expectation(String path, FieldDescriptor field) {
        return rules.stream()
                .filter(rule -> rule.field().equals(path))
                .map(rule -> rule.value().expectation())
                .findFirst()
                .or(() -> parts.stream()
                        .flatMap(part -> part.expectation(field).stream())
                        .findFirst());
    }

    private void checkWithin(Message message, String prefix) {
        message.getAllFields().forEach((field, value) -> {
            if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
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

    private void checkPart(Message part, String path) {
        parts.stream()
                .filter(rules -> rules.message().equals(part.getDescriptorForType()))
                .forEach(rules -> rules.check(part, path));
        checkWithin(part, path + ".");
    }
}
