package io.catwalk.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads a dataset from its four sources, each of them once. They are first streamed, inflated and checked into files, in
 * constant memory; then the images are read one by one, and of all that only the labels are held.
 */
public final class DatasetReader {
    private final IdxLimits limits;
    private final long maxDatasetBytes;

    /** Bounded by its files' limits alone. */
    public DatasetReader(IdxLimits limits) {
        this(limits, Long.MAX_VALUE);
    }

    /** @param maxDatasetBytes of the four files together, uncompressed: so much of the disk a dataset takes */
    public DatasetReader(IdxLimits limits, long maxDatasetBytes) {
        this.limits = limits;
        this.maxDatasetBytes = maxDatasetBytes;
    }

    /**
     * @param folder gets the four uncompressed files; on failure they are deleted again
     * @throws BadDatasetException when a file, or the four together, can't be a dataset
     * @throws IOException when a source or the folder fails
     */
    public StagedDataset read(IdxFiles<IdxSource> sources, DatasetOptions options, Path folder) throws IOException {
        IdxFiles<Staging> stagings = new IdxFiles<>(
                new Staging(sources.trainImages(), folder.resolve("train-images.idx")),
                new Staging(sources.trainLabels(), folder.resolve("train-labels.idx")),
                new Staging(sources.testImages(), folder.resolve("test-images.idx")),
                new Staging(sources.testLabels(), folder.resolve("test-labels.idx")));
        boolean complete = false;
        try {
            StagedDataset dataset = read(stagings, options);
            complete = true;
            return dataset;
        } finally {
            if (!complete) {
                stagings.map((kind, staging) -> Files.deleteIfExists(staging.file()));
            }
        }
    }

    private StagedDataset read(IdxFiles<Staging> stagings, DatasetOptions options) throws IOException {
        IdxFiles<StagedFile> files = stagings.map((kind, staging) -> staging.copy(kind, limits));
        IdxFiles<IdxHeader> headers = files.map((kind, file) -> file.header());
        Agreement.checkHeaders(files.map((kind, file) -> file.name()), headers, options.validationSize());
        checkSize(headers);
        List<String> labelNames = Agreement.labelNames(
                files.trainLabels().load(), files.testLabels().load(), options.labelNames());
        return StagedDataset.of(files, options.validationSize(), labelNames, Optional.empty());
    }

    private void checkSize(IdxFiles<IdxHeader> headers) {
        IdxHeader train = headers.trainImages();
        IdxHeader test = headers.testImages();
        long bytes = train.fileBytes()
                + test.fileBytes()
                + headers.trainLabels().fileBytes()
                + headers.testLabels().fileBytes();
        if (bytes > maxDatasetBytes) {
            throw new BadDatasetException(
                    "%d training and %d test images of %s make %d bytes, must be at most %d for the whole dataset"
                            .formatted(train.count(), test.count(), train.imageShape(), bytes, maxDatasetBytes));
        }
    }

    /** A source's way into a file of its own. */
    private record Staging(IdxSource source, Path file) {
        /** Writes the uncompressed content; when this returns, the file is complete and right. */
        StagedFile copy(IdxKind kind, IdxLimits limits) throws IOException {
            try (IdxReader reader = IdxReader.open(kind, source.name(), source.open(), limits)) {
                return IdxFileWriter.copy(reader, source.name(), file);
            }
        }
    }
}
