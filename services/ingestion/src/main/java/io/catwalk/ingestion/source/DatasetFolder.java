package io.catwalk.ingestion.source;

import java.io.IOException;
import java.util.Optional;

import io.catwalk.dataset.IdxSource;

/** A place that was allowed and may hold files. */
interface DatasetFolder {
    /**
     * A file of it, unread.
     *
     * @throws SourceRefusedException when it may not be read
     * @throws IOException when the place can't be reached
     */
    Optional<IdxSource> find(String fileName) throws IOException;

    /** What messages call it. */
    String shown();
}
