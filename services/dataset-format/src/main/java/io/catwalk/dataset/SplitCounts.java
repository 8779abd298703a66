package io.catwalk.dataset;

/** The sizes of a dataset's three splits. */
public record SplitCounts(SplitCount train, SplitCount validation, SplitCount test) {
    static SplitCounts of(LabelledSplits splits, int classes) {
        return new SplitCounts(
                SplitCount.of(splits.train(), classes),
                SplitCount.of(splits.validation(), classes),
                SplitCount.of(splits.test(), classes));
    }
}
