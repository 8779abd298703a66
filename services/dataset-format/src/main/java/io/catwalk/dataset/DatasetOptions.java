package io.catwalk.dataset;

import java.util.List;

/**
 * What the four files don't say themselves.
 *
 * @param labelNames what the classes are called, in order; empty: their numbers are their names
 * @param validationSize how many of the first training images become the validation set
 */
public record DatasetOptions(List<String> labelNames, int validationSize) {
    /** @throws BadDatasetException for label names that {@link LabelNames} refuses, or a validation size below 1 */
    public DatasetOptions {
        labelNames = labelNames.isEmpty() ? List.of() : LabelNames.checked(labelNames);
        if (validationSize < 1) {
            throw new BadDatasetException("validation size is " + validationSize + ", must be at least 1");
        }
    }
}
