package io.catwalk.events;

import java.util.List;
import java.util.Optional;

import com.google.protobuf.Message;

/** What a payload's fields must be; a field without a rule may hold anything of its type. */
record PayloadRules(List<FieldRule> rules) {
    PayloadRules {
        rules = List.copyOf(rules);
    }

    static PayloadRules of(FieldRule... rules) {
        return new PayloadRules(List.of(rules));
    }

    /** @throws BadEventException for the first field that breaks its rule */
    void check(Message payload) {
        rules.forEach(rule -> rule.check(payload));
    }

    /** What the field with this dotted JSON path must be. */
    Optional<String> expectation(String field) {
        return rules.stream()
                .filter(rule -> rule.field().equals(field))
                .map(rule -> rule.value().expectation())
                .findFirst();
    }
}
