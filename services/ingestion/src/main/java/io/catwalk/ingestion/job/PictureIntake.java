package io.catwalk.ingestion.job;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import io.catwalk.dataset.BadDatasetException;
import io.catwalk.dataset.IdxSource;
import io.catwalk.dataset.ImageDimensions;
import io.catwalk.dataset.PictureOrigin;
import io.catwalk.dataset.StagedDataset;
import io.catwalk.events.request.PictureRequest;
import io.catwalk.ingestion.job.IngestionProgress.Phase;
import io.catwalk.ingestion.source.BoundedCopy;
import io.catwalk.journal.Failpoint;
import io.catwalk.objectstore.Digest;
import io.catwalk.picture.PictureFile;
import io.catwalk.pictureset.ArchiveEntry;
import io.catwalk.pictureset.EntryPath;
import io.catwalk.pictureset.FolderLabels;
import io.catwalk.pictureset.Labels;
import io.catwalk.pictureset.ListedLabels;
import io.catwalk.pictureset.PictureArchive;
import io.catwalk.pictureset.PictureSet;
import io.catwalk.pictureset.PictureSetOptions;
import io.catwalk.pictureset.PictureSetReader;
import io.catwalk.pictureset.SplitShares;

/**
 * Makes a dataset of an archive of pictures: a copy of the archive, then its pixels in its order, then the dataset's files. Each is
 * deleted when the next is whole.
 */
final class PictureIntake {
    private final PictureIntakeLimits limits;

    PictureIntake(PictureIntakeLimits limits) {
        this.limits = limits;
    }

    ReadDataset read(PictureRequest request, IdxSource source, IngestionProgress progress, Path folder)
            throws IOException {
        Path archive = folder.resolve("archive");
        Digest digest = download(progress.watched(source), archive);
        Failpoint.reach("archive.copy.after");
        progress.begin(Phase.DECODING);
        IdxSource copy = progress.watched(new IdxSource(source.name(), () -> Files.newInputStream(archive)));
        PictureSet set = decode(request, copy, folder);
        Failpoint.reach("pictures.decode.after");
        Files.delete(archive);
        progress.begin(Phase.ARRANGING);
        StagedDataset dataset = set.stage(
                folder,
                new PictureOrigin(
                        digest.toString(),
                        PictureFile.RULE,
                        request.seed(),
                        request.validationShare(),
                        request.testShare()));
        Files.delete(set.pixels());
        return new ReadDataset(dataset, set.report());
    }

    private Digest download(IdxSource source, Path target) throws IOException {
        try (InputStream in = source.opener().open()) {
            return BoundedCopy.of(in, target, limits.maxArchiveBytes())
                    .map(BoundedCopy::digest)
                    .orElseThrow(() -> new BadDatasetException("%s has more than the %d bytes that an archive may have"
                            .formatted(source.name(), limits.maxArchiveBytes())));
        }
    }

    private PictureSet decode(PictureRequest request, IdxSource copy, Path folder) throws IOException {
        PictureSetOptions options = new PictureSetOptions(
                new ImageDimensions(request.height(), request.width(), request.channels()),
                new SplitShares(request.validationShare(), request.testShare()),
                request.seed(),
                request.skipUnreadable());
        Labels labels = request.labels().isPresent() ? listed(request.labels().get(), copy) : new FolderLabels();
        try (PictureArchive archive = open(copy)) {
            return new PictureSetReader(limits.picture(), limits.maxDatasetBytes())
                    .read(archive, labels, options, folder);
        }
    }

    private Labels listed(String path, IdxSource copy) throws IOException {
        EntryPath wanted = path(path);
        try (PictureArchive archive = open(copy)) {
            for (Optional<ArchiveEntry> entry = archive.next(); entry.isPresent(); entry = archive.next()) {
                if (entry.get() instanceof ArchiveEntry.Read read && read.path().equals(wanted)) {
                    return ListedLabels.read(
                            new ByteArrayInputStream(read.content()),
                            limits.archive().maxEntries());
                }
            }
        }
        throw new BadDatasetException(
                "pictures.labels is \"%s\", must be the path of a file in %s".formatted(path, copy.name()));
    }

    private static EntryPath path(String labels) {
        try {
            return EntryPath.parse(labels);
        } catch (BadDatasetException e) {
            throw new BadDatasetException("pictures.labels is \"%s\", but %s".formatted(labels, e.getMessage()));
        }
    }

    private PictureArchive open(IdxSource copy) throws IOException {
        return PictureArchive.open(new BufferedInputStream(copy.opener().open(), 1 << 16), limits.archive());
    }
}
