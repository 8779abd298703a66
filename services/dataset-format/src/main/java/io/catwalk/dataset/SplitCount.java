package io.catwalk.dataset;

import java.util.Arrays;
import java.util.List;

/**
 * How many images a split has.
 *
 * @param images in all
 * @param perClass of each class, in the order of the label names; 0 for a class that the split lacks
 */
public record SplitCount(int images, List<Integer> perClass) {
    public SplitCount {
        perClass = List.copyOf(perClass);
        long sum = perClass.stream().mapToLong(Integer::longValue).sum();
        if (images < 1 || sum != images || perClass.stream().anyMatch(count -> count < 0)) {
            throw new BadDatasetException("images is " + images + ", must be at least 1 and the sum of " + perClass);
        }
    }

    static SplitCount of(LabelledImages images, int classes) {
        return new SplitCount(
                images.count(),
                Arrays.stream(images.countPerClass(classes)).boxed().toList());
    }
}
