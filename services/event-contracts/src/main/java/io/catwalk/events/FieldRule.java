package io.catwalk.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;

/**
 * What one field of a payload must be.
 *
 * @param path from the payload's message down to the field
 * @param required whether it may not be left out
 * @param value what it may hold
 */
record FieldRule(List<FieldDescriptor> path, boolean required, FieldValue value) {
    FieldRule {
        path = List.copyOf(path);
    }

    /** @param names proto names from the message down, dotted, as {@code gate.max_regression} */
    static FieldRule optional(Descriptor message, String names, FieldValue value) {
        return new FieldRule(resolve(message, names), false, value);
    }

    static FieldRule required(Descriptor message, String names, FieldValue value) {
        return new FieldRule(resolve(message, names), true, value);
    }

    /** The dotted proto3 JSON path, as {@code gate.maxRegression}. */
    String field() {
        return path.stream().map(FieldDescriptor::getJsonName).collect(Collectors.joining("."));
    }

    /**
     * @param prefix what leads from the event's data to the message, as {@code layers[2].dense.}
     * @throws BadEventException naming the field, its value and what it must be
     */
    void check(Message message, String prefix) {
        Optional<Object> found = valueIn(message);
        if (found.isEmpty() && required) {
            throw BadEventException.missing(prefix + field(), value.expectation());
        }
        found.filter(value.test().negate()).ifPresent(wrong -> {
            throw BadEventException.wrong(prefix + field(), wrong, value.expectation());
        });
    }

    private Optional<Object> valueIn(Message payload) {
        Message holder = payload;
        for (FieldDescriptor step : path.subList(0, path.size() - 1)) {
            if (!holder.hasField(step)) {
                return Optional.empty();
            }
            holder = (Message) holder.getField(step);
        }
        return isLeftOut(holder, path.getLast()) ? Optional.empty() : Optional.of(holder.getField(path.getLast()));
    }

    private static boolean isLeftOut(Message holder, FieldDescriptor field) {
        if (field.isRepeated()) {
            return holder.getRepeatedFieldCount(field) == 0;
        }
        return field.hasPresence()
                ? !holder.hasField(field)
                : holder.getField(field).equals("");
    }

    private static List<FieldDescriptor> resolve(Descriptor message, String names) {
        List<FieldDescriptor> path = new ArrayList<>();
        Descriptor holder = message;
        for (String name : names.split("\\.")) {
            FieldDescriptor field = holder.findFieldByName(name);
            if (field == null) {
                throw new IllegalArgumentException(holder.getFullName() + " has no field " + name);
            }
            path.add(field);
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                holder = field.getMessageType();
            }
        }
        return path;
    }
}
