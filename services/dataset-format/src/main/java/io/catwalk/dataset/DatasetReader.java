package io.catwalk.dataset;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Reads a dataset from its four sources, each of them once. They are first streamed, inflated and checked into files, in
 * constant memory; only what has the length that its header promises is then taken into memory.
 */
public final class DatasetReader {
    private final IdxLimits limits;
    private final long maxDatasetBytes;

    /** Bounded by its files' limits alone. */
    public DatasetReader(IdxLimits limits) {
        this(limits, Long.MAX_VALUE);
    }

    /** @param maxDatasetBytes of the four files together, uncompressed: so much memory a dataset takes */
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
            Dataset dataset = read(stagings, options);
            complete = true;
            return new StagedDataset(dataset, stagings.map((kind, staging) -> staging.file()));
        } finally {
            if (!complete) {
                stagings.map((kind, staging) -> Files.deleteIfExists(staging.file()));
            }
        }
    }

    private Dataset read(IdxFiles<Staging> stagings, DatasetOptions options) throws IOException {
        IdxFiles<IdxHeader> headers = stagings.map((kind, staging) -> staging.copy(kind, limits));
        Agreement.checkHeaders(
                stagings.map((kind, staging) -> staging.source().name()), headers, options.validationSize());
        checkSize(headers);
        return Dataset.of(stagings.map((kind, staging) -> staging.load(kind)), options);
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

    /** A source's way through a file of its own into memory. */
    private record Staging(IdxSource source, Path file) {
        /** Writes the uncompressed content; when this returns, the file is complete and right. */
        IdxHeader copy(IdxKind kind, IdxLimits limits) throws IOException {
            try (IdxReader reader = IdxReader.open(kind, source.name(), source.open(), limits);
                    OutputStream out = Files.newOutputStream(file)) {
                out.write(reader.header().encoded());
                byte[] buffer = new byte[1 << 16];
                for (int read = reader.read(buffer, 0, buffer.length); read >= 0; ) {
                    out.write(buffer, 0, read);
                    read = reader.read(buffer, 0, buffer.length);
                }
                return reader.header();
            }
        }

        IdxData load(IdxKind kind) throws IOException {
            IdxLimits exactly = IdxLimits.ofBytes(Files.size(file));
            return IdxData.read(kind, source.name(), Files.newInputStream(file), exactly);
        }
    }
}
