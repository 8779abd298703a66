package io.catwalk.training.sweep.space;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.catwalk.chassis.errors.BadInputException;
import io.catwalk.events.FieldNames;

/**
 * A place in a message's proto3 JSON.
 *
 * @param text as {@code layers[3].dropout.rate}
 */
record FieldPath(String text, List<Step> steps) {
    private static final Pattern STEP = Pattern.compile("([A-Za-z][A-Za-z0-9_]*)(?:\\[(\\d{1,4})])?");

    /** @param index into the field's list; empty for the whole field */
    record Step(String name, OptionalInt index) {}

    FieldPath {
        steps = List.copyOf(steps);
    }

    /** @throws BadInputException for a place that the message doesn't have, with the nearest one that it has */
    static FieldPath parse(String text, Descriptor message) {
        List<Step> steps = new ArrayList<>();
        Optional<Descriptor> holder = Optional.of(message);
        for (String part : text.split("\\.", -1)) {
            Descriptor within = holder.orElseThrow(() -> unknown(text, ""));
            Matcher matcher = STEP.matcher(part);
            if (!matcher.matches()) {
                throw unknown(text, FieldNames.hint(within, part));
            }
            FieldDescriptor field = FieldNames.find(within, matcher.group(1))
                    .orElseThrow(() -> unknown(text, FieldNames.hint(within, part)));
            OptionalInt index = Optional.ofNullable(matcher.group(2))
                    .map(digits -> OptionalInt.of(Integer.parseInt(digits)))
                    .orElse(OptionalInt.empty());
            if (index.isPresent() && !field.isRepeated()) {
                throw unknown(text, "; " + field.getJsonName() + " is no list");
            }
            steps.add(new Step(field.getJsonName(), index));
            holder = inner(field, index);
        }
        return new FieldPath(text, steps);
    }

    /** The message's field that the place lies in. */
    String root() {
        return steps.getFirst().name();
    }

    /**
     * @param value is copied, as another place may lie in it
     * @throws BadInputException when a list has no such element, or another parameter's value isn't what this lies in
     */
    void set(ObjectNode message, JsonNode value) {
        ObjectNode holder = message;
        for (Step step : steps.subList(0, steps.size() - 1)) {
            holder = step.index().isPresent()
                    ? object(list(holder, step).get(step.index().getAsInt()))
                    : object(holder.has(step.name()) ? holder.get(step.name()) : holder.putObject(step.name()));
        }
        Step last = steps.getLast();
        if (last.index().isPresent()) {
            list(holder, last).set(last.index().getAsInt(), value.deepCopy());
        } else {
            holder.set(last.name(), value.deepCopy());
        }
    }

    private ObjectNode object(JsonNode within) {
        if (within instanceof ObjectNode object) {
            return object;
        }
        throw new BadInputException(
                "the parameter %s has no place: another parameter makes what it lies in no object".formatted(text));
    }

    private ArrayNode list(ObjectNode holder, Step step) {
        int index = step.index().orElseThrow();
        if (holder.get(step.name()) instanceof ArrayNode elements && index < elements.size()) {
            return elements;
        }
        throw new BadInputException("the parameter %s has no place: training has %d elements in %s"
                .formatted(text, holder.path(step.name()).size(), step.name()));
    }

    private static Optional<Descriptor> inner(FieldDescriptor field, OptionalInt index) {
        boolean holds =
                field.getJavaType() == FieldDescriptor.JavaType.MESSAGE && field.isRepeated() == index.isPresent();
        return holds ? Optional.of(field.getMessageType()) : Optional.empty();
    }

    private static BadInputException unknown(String text, String hint) {
        return new BadInputException("the parameter %s is not a field of a training request%s".formatted(text, hint));
    }
}
