package io.catwalk.ingestion.source;

import java.io.InputStream;
import java.util.Optional;

import io.catwalk.dataset.IdxSource;
import io.catwalk.objectstore.Artifacts;
import io.catwalk.objectstore.Folder;
import io.catwalk.objectstore.ObjectKey;
import io.catwalk.objectstore.ObjectStore;

/** Prefixes of the own bucket, outside of what the layout keeps for itself. */
public final class StoreSources {
    private final ObjectStore store;

    public StoreSources(ObjectStore store) {
        this.store = store;
    }

    /** @param prefix one that the event's rules let pass: plain segments, none of them {@code ..} */
    DatasetFolder open(String prefix) throws SourceRefusedException {
        return new StoreFolder(store, folder(prefix));
    }

    /** All objects below a prefix, as a tar. */
    IdxSource packed(String prefix) throws SourceRefusedException {
        Folder folder = folder(prefix);
        if (store.list(folder, "", 1).isEmpty()) {
            throw new SourceRefusedException("source.storePrefix is \"" + prefix + "\", but nothing lies there");
        }
        return new IdxSource(folder.path(), () -> new PackedObjects(store, folder));
    }

    private static Folder folder(String prefix) throws SourceRefusedException {
        Folder folder = new Folder(prefix.endsWith("/") ? prefix : prefix + "/");
        if (Artifacts.isOwn(folder)) {
            throw new SourceRefusedException(
                    "source.storePrefix is \"" + prefix + "\", must not be below a folder that Catwalk itself writes");
        }
        return folder;
    }

    DatasetFolder uploads() {
        return new StoreFolder(store, Artifacts.uploads());
    }

    private record StoreFolder(ObjectStore store, Folder folder) implements DatasetFolder {
        @Override
        public Optional<IdxSource> find(String fileName) {
            ObjectKey key = folder.key(fileName);
            return store.exists(key) ? Optional.of(new IdxSource(fileName, () -> open(key))) : Optional.empty();
        }

        @Override
        public String shown() {
            return folder.path();
        }

        private InputStream open(ObjectKey key) throws SourceRefusedException {
            return store.open(key)
                    .orElseThrow(() -> new SourceRefusedException(key + " was deleted while the dataset was read"));
        }
    }
}
