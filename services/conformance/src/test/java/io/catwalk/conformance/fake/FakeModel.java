package io.catwalk.conformance.fake;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/** {@code y = [x0 + x1 + x2, x0]} for each row {@code x} of three float32 numbers. */
final class FakeModel {
    static final String NAME = "fake";
    static final String VERSION = "3";
    static final String INPUT = "x";
    static final String OUTPUT = "y";
    static final int WIDTH = 3;

    private FakeModel() {}

    /** @param values rows of three */
    static List<double[]> outputs(List<Double> values) {
        List<double[]> rows = new ArrayList<>();
        for (int first = 0; first < values.size(); first += WIDTH) {
            double x0 = values.get(first);
            rows.add(new double[] {x0 + values.get(first + 1) + values.get(first + 2), x0});
        }
        return rows;
    }

    /** All numbers of nested arrays, whose rows have three each. */
    static List<Double> numbers(JsonNode array) {
        List<Double> numbers = new ArrayList<>();
        RefusedException.require(array.isArray() && !array.isEmpty(), "rows must be an array");
        for (JsonNode row : array) {
            RefusedException.require(row.isArray() && row.size() == WIDTH, "a row must have three numbers");
            for (JsonNode number : row) {
                RefusedException.require(number.isNumber(), "a row must have numbers");
                numbers.add(number.doubleValue());
            }
        }
        return numbers;
    }
}
