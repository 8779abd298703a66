package io.catwalk.local.dataset;

import java.nio.file.Path;

/** A place that Fashion-MNIST may come from. */
interface DatasetSource {
    /**
     * The folder with the four files, fetched if need be; the contents are not checked yet.
     *
     * @throws DatasetMissingException when it isn't to be had from here, with the reason
     */
    Path folder();
}
