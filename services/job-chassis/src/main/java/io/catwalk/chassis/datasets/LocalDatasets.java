package io.catwalk.chassis.datasets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

import io.catwalk.dataset.CorruptDatasetException;
import io.catwalk.dataset.DatasetManifest;
import io.catwalk.dataset.MappedDataset;
import io.catwalk.objectstore.CorruptBlobException;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Rereading;
import io.catwalk.objectstore.StoreUnavailableException;

/** Datasets in files of this machine, for as long as somebody works on them. */
public final class LocalDatasets {
    private final DatasetStore datasets;
    private final Path folder;

    /** @param folder on whose disk the files are; created if missing, may be shared by processes */
    public LocalDatasets(DatasetStore datasets, Path folder) {
        this.datasets = datasets;
        this.folder = folder;
    }

    /**
     * A copy of a dataset, all of it checked against its manifest. Its files have no names any more: nothing of them outlives the
     * process.
     *
     * @param digest of its manifest
     * @param advanced called while it is copied, after each MiB
     * @throws CorruptBlobException when the manifest's blob is missing or damaged
     * @throws CorruptDatasetException when a file's blob is, or doesn't fit the manifest, however often it is read
     * @throws StoreUnavailableException when it couldn't be read to its end
     * @throws UncheckedIOException when this machine's disk fails
     */
    public MappedDataset load(Digest digest, Runnable advanced) {
        DatasetManifest manifest = datasets.manifest(digest);
        return Rereading.untilIntact(CorruptDatasetException.class, () -> copy(manifest, advanced));
    }

    private MappedDataset copy(DatasetManifest manifest, Runnable advanced) {
        try (CopyFolder copies = CopyFolder.create(folder)) {
            return MappedDataset.load(
                    manifest, blob -> new CopiedBlob(blob, datasets.open(blob), advanced), copies.path());
        } catch (IOException e) {
            throw new UncheckedIOException("can't copy a dataset below " + folder, e);
        }
    }
}
