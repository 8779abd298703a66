package io.catwalk.dataset;

import java.io.IOException;
import java.io.InputStream;

/**
 * Where an IDX file comes from, or an archive that becomes some.
 *
 * @param name what messages call it, as {@code train-images-idx3-ubyte.gz}
 * @param opener gives its bytes, gzip or plain
 */
public record IdxSource(String name, Opener opener) {
    /** Opens the file at its beginning. */
    @FunctionalInterface
    public interface Opener {
        InputStream open() throws IOException;
    }

    InputStream open() throws IOException {
        return opener.open();
    }
}
