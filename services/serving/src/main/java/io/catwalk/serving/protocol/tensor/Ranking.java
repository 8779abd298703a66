package io.catwalk.serving.protocol.tensor;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** The order of classes by their probabilities. */
public final class Ranking {
    private Ranking() {}

    /**
     * The indexes of one image's most probable classes, the most probable first, equal ones in the classes' order.
     *
     * @param first where the image's probabilities begin
     */
    public static List<Integer> top(float[] probabilities, int first, int classes, int count) {
        return IntStream.range(0, classes)
                .boxed()
                .sorted(Comparator.comparing((Integer index) -> -probabilities[first + index]))
                .limit(count)
                .toList();
    }
}
