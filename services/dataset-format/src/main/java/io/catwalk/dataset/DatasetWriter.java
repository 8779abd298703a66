package io.catwalk.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes a dataset's four IDX files, one image after the other: those of validation, then train, then test. Takes no heap for them. */
public final class DatasetWriter implements Closeable {
    private final Half training;
    private final Half test;
    private final int validationSize;

    /**
     * @param folder gets the four files
     * @param validation how many images will come, likewise train and test
     * @throws BadDatasetException when a split is empty, or more would come than a file can hold
     */
    public DatasetWriter(Path folder, ImageDimensions shape, int validation, int train, int test) throws IOException {
        this.validationSize = validation;
        this.training = Half.create(folder, "train", shape, Math.addExact(validation, train));
        try {
            this.test = Half.create(folder, "test", shape, test);
        } catch (IOException | RuntimeException e) {
            training.close();
            throw e;
        }
    }

    /**
     * @param pixels of the next image
     * @param label its class
     */
    public void add(byte[] pixels, int label) throws IOException {
        (training.isFull() ? test : training).add(pixels, label);
    }

    /** The dataset, once all images have come; this is closed. */
    public StagedDataset finish(List<String> labelNames, PictureOrigin pictures) throws IOException {
        IdxFiles<StagedFile> files = new IdxFiles<>(
                training.images.finish("train-images"),
                training.labels.finish("train-labels"),
                test.images.finish("test-images"),
                test.labels.finish("test-labels"));
        return StagedDataset.of(files, validationSize, labelNames, Optional.of(pictures));
    }

    @Override
    public void close() throws IOException {
        try (test) {
            training.close();
        }
    }

    /** A file of images and that of their labels. */
    private record Half(IdxFileWriter images, IdxFileWriter labels) implements Closeable {
        static Half create(Path folder, String name, ImageDimensions shape, int count) throws IOException {
            IdxFileWriter images =
                    IdxFileWriter.create(folder.resolve(name + "-images.idx"), IdxHeader.ofImages(count, shape));
            try {
                return new Half(
                        images, IdxFileWriter.create(folder.resolve(name + "-labels.idx"), IdxHeader.ofLabels(count)));
            } catch (IOException | RuntimeException e) {
                images.close();
                throw e;
            }
        }

        boolean isFull() {
            return labels.isComplete();
        }

        void add(byte[] pixels, int label) throws IOException {
            images.write(pixels, 0, pixels.length);
            labels.write(new byte[] {(byte) label}, 0, 1);
        }

        @Override
        public void close() throws IOException {
            try (labels) {
                images.close();
            }
        }
    }
}
