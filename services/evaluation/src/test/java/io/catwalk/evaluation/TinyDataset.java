package io.catwalk.evaluation;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntFunction;

import io.catwalk.chassis.datasets.DatasetStore;
import io.catwalk.dataset.DatasetOptions;
import io.catwalk.dataset.DatasetReader;
import io.catwalk.dataset.IdxFiles;
import io.catwalk.dataset.IdxLimits;
import io.catwalk.dataset.IdxSource;
import io.catwalk.dataset.IdxWriter;
import io.catwalk.dataset.ImageDimensions;
import io.catwalk.dataset.ImageSet;
import io.catwalk.dataset.StagedDataset;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.Digest;

/** Datasets of two classes, taking turns: 20 validation images, 10 to train on, 20 to test. */
public final class TinyDataset {
    public static final int VALIDATION = 20;
    private static final int TRAIN = 10;
    private static final int TEST = 20;

    private TinyDataset() {}

    /** Two pixels an image: its place in the split, then its class. */
    public static Digest store(DatasetStore datasets, Blobs blobs) {
        return store(
                datasets, blobs, new ImageDimensions(1, 2, 1), index -> new byte[] {(byte) index, (byte) (index % 2)});
    }

    /** Images of any shape, of class 0 and 1 in turns. */
    public static Digest store(DatasetStore datasets, Blobs blobs, ImageDimensions shape, IntFunction<byte[]> image) {
        try {
            Path folder = Files.createTempDirectory("tiny-dataset");
            StagedDataset staged = new DatasetReader(new IdxLimits(1 << 20, 1000, 100))
                    .read(
                            files(images(shape, VALIDATION + TRAIN, image), images(shape, TEST, image)),
                            new DatasetOptions(List.of("trousers", "shirt"), VALIDATION),
                            folder);
            staged.files().map((kind, file) -> {
                Digest digest = blobs.put(file);
                Files.delete(file);
                return digest;
            });
            Files.delete(folder);
            return datasets.put(staged.manifest());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ImageSet images(ImageDimensions shape, int count, IntFunction<byte[]> image) {
        byte[] pixels = new byte[count * shape.bytes()];
        byte[] labels = new byte[count];
        for (int index = 0; index < count; index++) {
            System.arraycopy(image.apply(index), 0, pixels, index * shape.bytes(), shape.bytes());
            labels[index] = (byte) (index % 2);
        }
        return ImageSet.of(shape, pixels, labels);
    }

    private static IdxFiles<IdxSource> files(ImageSet train, ImageSet test) throws IOException {
        return new IdxFiles<>(images(train), labels(train), images(test), labels(test));
    }

    private static IdxSource images(ImageSet set) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        IdxWriter.writeImages(set, out);
        return new IdxSource("images", () -> new ByteArrayInputStream(out.toByteArray()));
    }

    private static IdxSource labels(ImageSet set) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        IdxWriter.writeLabels(set, out);
        return new IdxSource("labels", () -> new ByteArrayInputStream(out.toByteArray()));
    }
}
