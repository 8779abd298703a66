package io.catwalk.ingestion.source;

import java.io.IOException;

import io.catwalk.dataset.IdxFiles;
import io.catwalk.dataset.IdxSource;
import io.catwalk.events.request.DatasetPlace;

/** Finds a dataset's files in the places that this service may read. */
public final class Sources {
    private final FolderSources folders;
    private final StoreSources store;
    private final UrlSources urls;

    public Sources(FolderSources folders, StoreSources store, UrlSources urls) {
        this.folders = folders;
        this.store = store;
        this.urls = urls;
    }

    /**
     * The four files, unread; reading them may throw the same exceptions.
     *
     * @throws SourceRefusedException when they may not be read, or aren't all there
     * @throws io.catwalk.objectstore.StoreUnavailableException when the store can't be reached
     * @throws IOException when the place can't be reached
     */
    public IdxFiles<IdxSource> locate(DatasetPlace place) throws IOException {
        DatasetFolder folder = switch (place) {
            case DatasetPlace.Folder(String path) -> folders.open(path);
            case DatasetPlace.StorePrefix(String prefix) -> store.open(prefix);
            case DatasetPlace.Url(var base) -> urls.open(base);
        };
        return DatasetFileNames.locate(folder);
    }
}
