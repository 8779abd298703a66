package io.catwalk.pictureset;

import java.util.Optional;

import io.catwalk.dataset.BadDatasetException;

/** Knows the labels of a set's files. */
public interface Labels {
    /**
     * @return empty for a file that is no picture of the set
     * @throws BadDatasetException for a picture without a label, with the reason
     */
    Optional<Label> of(EntryPath path);

    /** @throws BadDatasetException when files that should have come didn't */
    default void requireAll() {}
}
