package io.catwalk.dataset;

/** A dataset's three parts, wherever their bytes are. */
record LabelledSplits(LabelledImages train, LabelledImages validation, LabelledImages test) {}
