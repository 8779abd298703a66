package io.catwalk.events;

import java.util.Optional;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import io.catwalk.limits.v1.FieldLimits;
import io.catwalk.limits.v1.LimitsProto;

/**
 * What one field of a message must be.
 *
 * @param required whether it may not be left out
 * @param value what it may hold
 */
record FieldRule(FieldDescriptor field, boolean required, FieldValue value) {
    /** The rule that a field's limits in {@code proto} make; empty for a field without limits. */
    static Optional<FieldRule> of(FieldDescriptor field) {
        if (!field.getOptions().hasExtension(LimitsProto.field)) {
            return Optional.empty();
        }
        FieldLimits limits = field.getOptions().getExtension(LimitsProto.field);
        return Optional.of(new FieldRule(field, limits.getRequired(), value(field, limits)));
    }

    private static FieldValue value(FieldDescriptor field, FieldLimits limits) {
        if (field.getJavaType() == JavaType.MESSAGE && limits.getKindCase() == FieldLimits.KindCase.KIND_NOT_SET) {
            return MessageRules.of(field.getMessageType()).oneRequired().orElse(FieldValue.present());
        }
        return FieldValue.of(limits);
    }

    /**
     * @param prefix the JSON path from the event's data to the message, as {@code layers[2].dense.}
     * @throws BadEventException naming the field, its value and what it must be
     */
    void check(Message message, String prefix) {
        String path = prefix + field.getJsonName();
        if (isLeftOut(message)) {
            if (required) {
                throw BadEventException.missing(path, value.expectation());
            }
            return;
        }
        Object found = message.getField(field);
        if (!value.test().test(found)) {
            throw BadEventException.wrong(path, found, value.expectation());
        }
    }

    private boolean isLeftOut(Message message) {
        if (field.isRepeated()) {
            return message.getRepeatedFieldCount(field) == 0;
        }
        return field.hasPresence()
                ? !message.hasField(field)
                : message.getField(field).equals("");
    }
}
