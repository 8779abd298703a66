package io.catwalk.conformance.model;

import java.util.List;

import io.catwalk.conformance.check.DeviationException;

/** All outputs of an answer. */
public final class Outputs {
    private Outputs() {}

    /**
     * Requires equal outputs, in the same order or by the same names; the only output may go without its name.
     *
     * @param place what differs if they do
     * @return what was compared, for people
     */
    public static String requireEqual(List<Output> one, List<Output> other, String place) {
        if (one.size() != other.size()) {
            throw new DeviationException("%s: %d outputs and %d".formatted(place, one.size(), other.size()));
        }
        for (Output output : one) {
            other.stream()
                    .filter(candidate -> other.size() == 1 || candidate.name().equals(output.name()))
                    .findFirst()
                    .orElseThrow(() -> new DeviationException(place + ": only one has an output " + output.name()))
                    .requireEqual(output, place);
        }
        return one.stream()
                .map(output -> output.name() + ", " + output.elements().size() + " elements")
                .toList()
                .toString();
    }
}
