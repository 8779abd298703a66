package io.catwalk.training.sweep.space;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.SplittableRandom;

import com.fasterxml.jackson.databind.JsonNode;
import io.catwalk.chassis.errors.BadInputException;
import io.catwalk.sweep.v1.Parameter;
import io.catwalk.training.v1.TrainingRequested;

/** One thing that trials differ in. */
sealed interface Axis {
    FieldPath path();

    /** A random value. */
    Draw draw(SplittableRandom random);

    /**
     * A value that was drawn.
     *
     * @param place equal for equal values, and quick to compare
     */
    record Draw(JsonNode value, Object place) {}

    /** @throws BadInputException naming what the parameter must be */
    static Axis of(Parameter parameter) {
        FieldPath path = FieldPath.parse(parameter.getField(), TrainingRequested.getDescriptor());
        if (parameter.hasValues() == parameter.hasRange()) {
            throw new BadInputException("the parameter %s must have either values or a range".formatted(path.text()));
        }
        return parameter.hasValues()
                ? new Choices(
                        path,
                        parameter.getValues().getValuesList().stream()
                                .map(JsonValue::tree)
                                .distinct()
                                .toList())
                : Span.of(path, parameter.getRange());
    }

    /**
     * One of several values.
     *
     * @param values no two the same
     */
    record Choices(FieldPath path, List<JsonNode> values) implements Axis {
        private static final int MOST = 256;

        public Choices {
            values = List.copyOf(values);
            if (values.isEmpty() || values.size() > MOST) {
                throw new BadInputException("the parameter %s has %d values, must have 1 to %d"
                        .formatted(path.text(), values.size(), MOST));
            }
        }

        @Override
        public Draw draw(SplittableRandom random) {
            int index = random.nextInt(values.size());
            return new Draw(values.get(index), index);
        }
    }

    /**
     * A number between two.
     *
     * @param log whether every power is equally likely
     * @param whole whether only whole numbers are meant
     */
    record Span(FieldPath path, double low, double high, boolean log, boolean whole) implements Axis {
        /** Of what is drawn: more make trials no better. */
        private static final MathContext DIGITS = new MathContext(6);

        static Span of(FieldPath path, io.catwalk.sweep.v1.Range range) {
            return new Span(
                    path, range.getLow(), range.getHigh(), range.getScale().equals("log"), range.getWhole());
        }

        public Span {
            if (low >= high) {
                throw new BadInputException("the parameter %s has a range from %s to %s, low must be below high"
                        .formatted(path.text(), low, high));
            }
            if (Double.isInfinite(high - low)) {
                throw new BadInputException("the parameter %s has a range from %s to %s, high - low must be finite"
                        .formatted(path.text(), low, high));
            }
            if (log && low <= 0) {
                throw new BadInputException(
                        "the parameter %s has a log range from %s, low must be above 0".formatted(path.text(), low));
            }
        }

        @Override
        public Draw draw(SplittableRandom random) {
            double from = log ? Math.log(low) : low;
            double to = log ? Math.log(high) : high;
            double drawn = from + random.nextDouble() * (to - from);
            double value = log ? Math.exp(drawn) : drawn;
            double rounded = whole
                    ? Math.rint(value)
                    : new BigDecimal(value).round(DIGITS).doubleValue();
            JsonNode number = JsonValue.number(Math.clamp(rounded, low, high));
            return new Draw(number, number);
        }
    }
}
