package io.catwalk.ingestion.source;

import java.io.IOException;
import java.util.Optional;

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
    public IdxFiles<IdxSource> files(DatasetPlace place) throws IOException {
        return DatasetFileNames.locate(open(place));
    }

    /**
     * An archive of pictures, likewise; those that lie below a prefix of the bucket themselves come as a tar.
     *
     * @param archive its file name, if they are in one
     */
    public IdxSource pictures(DatasetPlace place, Optional<String> archive) throws IOException {
        if (archive.isPresent()) {
            return archive(place, archive.get());
        }
        if (place instanceof DatasetPlace.StorePrefix(String prefix)) {
            return store.packed(prefix);
        }
        throw new SourceRefusedException("pictures.archive is missing, must be given where source is no storePrefix");
    }

    /** Finds what is wanted, or throws what finding it throws. */
    public void require(WantedSource wanted) throws IOException {
        if (wanted.isPictures()) {
            pictures(wanted.place(), wanted.archive());
        } else {
            files(wanted.place());
        }
    }

    private IdxSource archive(DatasetPlace place, String name) throws IOException {
        DatasetFolder folder = open(place);
        return folder.find(name)
                .orElseThrow(() -> new SourceRefusedException(
                        place instanceof DatasetPlace.Uploads
                                ? "source.upload is \"" + name + "\", must be one that isn't deleted by its age yet"
                                : folder.shown() + " holds no " + name));
    }

    private DatasetFolder open(DatasetPlace place) throws IOException {
        return switch (place) {
            case DatasetPlace.Folder(String path) -> folders.open(path);
            case DatasetPlace.StorePrefix(String prefix) -> store.open(prefix);
            case DatasetPlace.Url(var base) -> urls.open(base);
            case DatasetPlace.Uploads() -> store.uploads();
        };
    }
}
