package io.catwalk.pictureset;

import io.catwalk.dataset.BadDatasetException;

/**
 * How large the splits are that a set doesn't have itself.
 *
 * @param validation share of each class, above 0
 * @param test share of each class, above 0; both together below 1
 */
public record SplitShares(double validation, double test) {
    public SplitShares {
        if (!(validation > 0 && test > 0 && validation + test < 1)) {
            throw new BadDatasetException("the shares of validation and test are " + validation + " and " + test
                    + ", must be above 0 and together below 1");
        }
    }
}
