package io.catwalk.pictureset;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** The files of an archive of one format, in its order. */
interface Entries extends Closeable {
    /**
     * @return the next file, folders left out; empty after the last
     * @throws IOException when the archive is damaged, or its source fails
     */
    Optional<ArchiveEntry> next() throws IOException;
}
