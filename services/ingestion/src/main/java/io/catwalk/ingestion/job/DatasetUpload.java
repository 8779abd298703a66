package io.catwalk.ingestion.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;

import io.catwalk.chassis.datasets.DatasetStore;
import io.catwalk.chassis.manifest.ManifestJson;
import io.catwalk.dataset.DatasetDecision;
import io.catwalk.dataset.DatasetFile;
import io.catwalk.dataset.DatasetManifest;
import io.catwalk.dataset.SampleSheet;
import io.catwalk.dataset.StagedDataset;
import io.catwalk.ingestion.job.IngestionProgress.Phase;
import io.catwalk.journal.Failpoint;
import io.catwalk.journal.job.LeaseEndedException;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;
import io.catwalk.objectstore.Name;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings a dataset into the store: its four files, its sample sheet, then the manifest that names the files. What the
 * dataset's last ready entry names already, whole and undamaged, is left as it is.
 */
final class DatasetUpload {
    private static final Logger LOG = LoggerFactory.getLogger(DatasetUpload.class);

    private final DatasetStore datasets;
    private final Blobs blobs;

    DatasetUpload(DatasetStore datasets, Blobs blobs) {
        this.datasets = datasets;
        this.blobs = blobs;
    }

    StoredDataset store(Name dataset, ReadDataset read, IngestionProgress progress)
            throws LeaseEndedException, InterruptedException {
        DatasetManifest manifest = read.dataset().manifest();
        Digest digest = datasets.digest(manifest);
        Optional<DatasetDecision> newest = progress.untilAnswered(() -> newestReady(dataset));
        if (newest.isPresent() && newest.get().digest().equals(Optional.of(digest.toString()))) {
            Digest sheet = Digest.parse(newest.get().sampleSheet().orElseThrow());
            if (isIntact(manifest, digest, sheet, progress)) {
                LOG.info("{} is stored already as {}", dataset, digest);
                return new StoredDataset(
                        manifest, digest, sheet, report(read, newest.get().report(), progress));
            }
            LOG.warn("{} is damaged in the store; storing {} again", dataset, digest);
        }
        return put(read, progress);
    }

    private Optional<DatasetDecision> newestReady(Name dataset) {
        return datasets.journal(dataset).entries().reversed().stream()
                .map(entry -> entry.decision(DatasetDecision.class))
                .filter(DatasetDecision::isReady)
                .findFirst();
    }

    private boolean isIntact(DatasetManifest manifest, Digest digest, Digest sheet, IngestionProgress progress)
            throws LeaseEndedException, InterruptedException {
        progress.begin(Phase.COMPARING);
        for (DatasetFile file : DatasetFiles.inOrder(manifest.files())) {
            Digest content = Digest.parse(file.digest());
            if (!progress.untilAnswered(() -> blobs.isIntact(content, progress::done))) {
                return false;
            }
        }
        return progress.untilAnswered(() -> blobs.isIntact(digest) && blobs.isIntact(sheet));
    }

    private StoredDataset put(ReadDataset read, IngestionProgress progress)
            throws LeaseEndedException, InterruptedException {
        progress.begin(Phase.STORING);
        StagedDataset staged = read.dataset();
        DatasetManifest manifest = staged.manifest();
        var files = DatasetFiles.inOrder(manifest.files());
        var paths = DatasetFiles.inOrder(staged.files());
        for (int i = 0; i < files.size(); i++) {
            putFile(files.get(i), paths.get(i), progress);
        }
        byte[] picture = sheet(staged);
        Digest sheet = progress.untilAnswered(() -> blobs.put(picture));
        Digest report = report(read, Optional.empty(), progress);
        Failpoint.reach("manifest.put.before");
        Digest digest = progress.untilAnswered(() -> datasets.put(manifest));
        Failpoint.reach("manifest.put.after");
        return new StoredDataset(manifest, digest, sheet, report);
    }

    private static byte[] sheet(StagedDataset staged) {
        try {
            return SampleSheet.png(staged);
        } catch (IOException e) {
            throw new UncheckedIOException("can't read a dataset's files again", e);
        }
    }

    /** @param named the report that the last ready entry names */
    private Digest report(ReadDataset read, Optional<String> named, IngestionProgress progress)
            throws LeaseEndedException, InterruptedException {
        byte[] report = ManifestJson.write(read.report());
        Digest digest = Digest.of(report);
        return named.equals(Optional.of(digest.toString())) && progress.untilAnswered(() -> blobs.isIntact(digest))
                ? digest
                : progress.untilAnswered(() -> blobs.put(report));
    }

    private void putFile(DatasetFile file, Path path, IngestionProgress progress)
            throws LeaseEndedException, InterruptedException {
        Failpoint.reach("blob.put.before");
        Digest stored = progress.untilAnswered(() -> blobs.put(path, progress::done));
        Failpoint.reach("blob.put.after");
        if (!stored.toString().equals(file.digest())) {
            throw new IllegalStateException(path + " was read as " + file.digest() + ", but is now " + stored);
        }
    }
}
