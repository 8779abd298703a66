package io.catwalk.events;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

/**
 * What the fields of one kind of message must be, wherever it stands in a payload.
 *
 * @param rules of its own fields
 * @param kinds fields of which exactly one must be set; none when any may be
 */
record MessageRules(Descriptor message, List<FieldRule> rules, List<FieldDescriptor> kinds) {
    MessageRules {
        rules = List.copyOf(rules);
        kinds = List.copyOf(kinds);
    }

    static MessageRules of(Descriptor message, FieldRule... rules) {
        return new MessageRules(message, List.of(rules), List.of());
    }

    /** For a message whose first oneof says what it is. */
    static MessageRules oneOf(Descriptor message, FieldRule... rules) {
        return new MessageRules(
                message, List.of(rules), message.getOneofs().getFirst().getFields());
    }

    /** @param path of the message, as {@code layers[2]} */
    void check(Message checked, String path) {
        if (!kinds.isEmpty() && kinds.stream().noneMatch(checked::hasField)) {
            throw BadEventException.missing(path, "must hold one of " + names());
        }
        rules.forEach(rule -> rule.check(checked, path + "."));
    }

    Optional<String> expectation(FieldDescriptor field) {
        return rules.stream()
                .filter(rule -> rule.path().equals(List.of(field)))
                .map(rule -> rule.value().expectation())
                .findFirst();
    }

    private String names() {
        return kinds.stream().map(FieldDescriptor::getJsonName).collect(Collectors.joining(", "));
    }
}
