package io.catwalk.dataset;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A stored dataset in files of this machine. Its labels are in the heap, its images are mapped: as many as the disk holds. Its splits
 * may be used until it is closed.
 */
public final class MappedDataset implements AutoCloseable {
    private final Dataset dataset;
    private final List<MappedPixels> pixels;

    private MappedDataset(Dataset dataset, List<MappedPixels> pixels) {
        this.dataset = dataset;
        this.pixels = pixels;
    }

    /**
     * Copies a stored dataset and checks all of it against its manifest: digests, lengths, shapes, counts, statistics.
     *
     * @param folder for the files, in which nobody else writes; they need their names no longer once this returns
     * @throws CorruptDatasetException when anything differs
     * @throws IOException as the opener and its streams throw it, and when the folder fails
     */
    public static MappedDataset load(DatasetManifest manifest, Dataset.BlobOpener opener, Path folder)
            throws IOException {
        try {
            IdxFiles<StagedFile> files = manifest.files().map((kind, file) -> copy(kind, file, opener, folder));
            return open(manifest, files);
        } catch (BadDatasetException e) {
            throw new CorruptDatasetException("the stored dataset can't be read: " + e.getMessage(), e);
        }
    }

    /** Maps a dataset that was read on this machine: its files are this one's own from here on. */
    public static MappedDataset of(StagedDataset staged) throws IOException {
        return open(staged.manifest(), staged.staged());
    }

    private static StagedFile copy(IdxKind kind, DatasetFile file, Dataset.BlobOpener opener, Path folder)
            throws IOException {
        String name = "blob " + file.digest();
        Path path = Files.createTempFile(folder, kind.name(), ".idx");
        try (IdxReader reader =
                IdxReader.open(kind, name, opener.open(file.digest()), IdxLimits.ofBytes(file.bytes()))) {
            StagedFile copy = IdxFileWriter.copy(reader, name, path);
            if (!copy.file().equals(file)) {
                throw new CorruptDatasetException("%s of %d bytes holds other content: %s of %d bytes"
                        .formatted(
                                name,
                                file.bytes(),
                                copy.file().digest(),
                                copy.file().bytes()));
            }
            return copy;
        }
    }

    private static MappedDataset open(DatasetManifest manifest, IdxFiles<StagedFile> files) throws IOException {
        Agreement.checkHeaders(
                files.map((kind, file) -> file.name()),
                files.map((kind, file) -> file.header()),
                manifest.validationSize());
        IdxData trainLabels = files.trainLabels().load();
        IdxData testLabels = files.testLabels().load();
        Agreement.labelNames(trainLabels, testLabels, manifest.labelNames());
        List<MappedPixels> mapped = new ArrayList<>();
        boolean complete = false;
        try {
            Splits splits = Splits.of(
                    images(files.trainImages(), trainLabels, mapped),
                    images(files.testImages(), testLabels, mapped),
                    manifest.validationSize());
            manifest.checkSame(
                    DatasetManifest.of(manifest.files(), splits.views(), manifest.labelNames(), manifest.pictures()));
            complete = true;
            return new MappedDataset(new Dataset(manifest, splits), mapped);
        } finally {
            if (!complete) {
                mapped.forEach(MappedPixels::close);
            }
        }
    }

    private static ImageSet images(StagedFile images, IdxData labels, List<MappedPixels> mapped) throws IOException {
        FileChannel file = FileChannel.open(images.path(), StandardOpenOption.READ, StandardOpenOption.WRITE);
        MappedPixels pixels = MappedPixels.of(file, images.header().headerBytes());
        mapped.add(pixels);
        return ImageSet.of(images.header().imageShape(), pixels, labels.body());
    }

    public Dataset dataset() {
        return dataset;
    }

    /** Gives the files' place on the disk back. */
    @Override
    public void close() {
        pixels.forEach(MappedPixels::close);
    }
}
