package io.catwalk.conformance.model;

import java.util.List;
import java.util.stream.IntStream;

import io.catwalk.conformance.check.DeviationException;

/**
 * An output as a server has answered it.
 *
 * @param elements row-major, each a {@link Double} or a {@link String}
 */
public record Output(String name, List<Long> shape, List<Object> elements) {
    /** Engines may add in another order when a batch has another size. */
    private static final double TOLERANCE = 1e-4;

    public Output {
        shape = List.copyOf(shape);
        elements = List.copyOf(elements);
    }

    /** Requires as many elements as the shape says. */
    public void requireFull() {
        long wanted = shape.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
        if (elements.size() != wanted) {
            throw new DeviationException(
                    "output %s of shape %s has %d elements".formatted(name, shape, elements.size()));
        }
    }

    /** The rows of a batch from {@code first} on. */
    public Output rows(int first, int count) {
        requireFull();
        if (shape.isEmpty() || shape.getFirst() < first + count) {
            throw new DeviationException("output %s of shape %s has no %d rows".formatted(name, shape, first + count));
        }
        int perRow = Math.toIntExact(elements.size() / shape.getFirst());
        List<Long> sizes = IntStream.range(0, shape.size())
                .mapToObj(i -> i == 0 ? (long) count : shape.get(i))
                .toList();
        return new Output(name, sizes, elements.subList(first * perRow, (first + count) * perRow));
    }

    /**
     * Requires equal elements, of numbers up to a tolerance.
     *
     * @param place what differs if they do
     */
    public void requireEqual(Output other, String place) {
        if (elements.size() != other.elements.size()) {
            throw new DeviationException("%s: output %s has %d elements and %d"
                    .formatted(place, name, elements.size(), other.elements.size()));
        }
        for (int index = 0; index < elements.size(); index++) {
            if (!equal(elements.get(index), other.elements.get(index))) {
                throw new DeviationException("%s: element %d of output %s is %s and %s"
                        .formatted(place, index, name, elements.get(index), other.elements.get(index)));
            }
        }
    }

    private static boolean equal(Object one, Object other) {
        return one instanceof Double a && other instanceof Double b
                ? Math.abs(a - b) <= TOLERANCE * Math.max(1, Math.abs(a))
                : one.equals(other);
    }
}
