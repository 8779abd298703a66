package io.catwalk.events.request;

import java.net.URI;

import io.catwalk.dataset.v1.DatasetSource;

/** Where a dataset's four IDX files are, or an archive of pictures. */
public sealed interface DatasetPlace {
    /** A folder of the service's own file system; its configured roots decide whether it may be read. */
    record Folder(String path) implements DatasetPlace {}

    /** A prefix in the service's own bucket, as {@code incoming/fashion-mnist/}. */
    record StorePrefix(String prefix) implements DatasetPlace {}

    /** A base address; the service's allow-list decides whether it may be read. */
    record Url(URI base) implements DatasetPlace {}

    /** An archive that was uploaded, among all others. */
    record Uploads() implements DatasetPlace {}

    /** @throws IllegalArgumentException for a source without a place */
    static DatasetPlace from(DatasetSource source) {
        return switch (source.getPlaceCase()) {
            case FOLDER -> new Folder(source.getFolder());
            case STORE_PREFIX -> new StorePrefix(source.getStorePrefix());
            case URL -> new Url(URI.create(source.getUrl()));
            case UPLOAD -> new Uploads();
            case PLACE_NOT_SET -> throw new IllegalArgumentException("source must name one place");
        };
    }
}
