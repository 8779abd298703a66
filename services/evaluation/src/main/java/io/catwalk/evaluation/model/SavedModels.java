package io.catwalk.evaluation.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.catwalk.network.export.SavedModelArchive;
import io.catwalk.network.export.UnusableArchiveException;
import io.catwalk.network.inference.Classifier;
import io.catwalk.network.inference.ModelSignature;
import io.catwalk.network.inference.UnloadableModelException;
import io.catwalk.objectstore.Blobs;
import io.catwalk.objectstore.CorruptBlobException;
import io.catwalk.objectstore.Digest;

/** Models in TensorFlow. On disk they are only while they are being loaded: their weights are part of the graph. */
public final class SavedModels implements ModelSource {
    private final Blobs blobs;
    private final Path workFolder;
    private final long maxBytes;

    /**
     * @param workFolder where archives are unpacked; made if there is none
     * @param maxBytes of one model, unpacked
     */
    public SavedModels(Blobs blobs, Path workFolder, long maxBytes) {
        this.blobs = blobs;
        this.workFolder = workFolder;
        this.maxBytes = maxBytes;
    }

    @Override
    public ScorableModel open(Digest archive) {
        try {
            Path folder = Files.createTempDirectory(Files.createDirectories(workFolder), "model-");
            try {
                return load(archive, folder);
            } finally {
                delete(folder);
            }
        } catch (CorruptBlobException | UnusableArchiveException | UnloadableModelException e) {
            throw new UnusableModelException("model " + archive + " can't be loaded: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("can't unpack model " + archive + " in " + workFolder, e);
        }
    }

    private ScorableModel load(Digest archive, Path folder) throws IOException {
        Path file = folder.resolve("archive.zip");
        Path model = folder.resolve("model");
        blobs.download(archive, file);
        try (InputStream in = Files.newInputStream(file)) {
            SavedModelArchive.unpack(in, model, maxBytes);
        }
        return new Loaded(Classifier.load(model));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        }
    }

    private record Loaded(Classifier classifier) implements ScorableModel {
        @Override
        public ModelSignature signature() {
            return classifier.signature();
        }

        @Override
        public float[] probabilities(float[] images, int count) {
            return classifier.probabilities(images, count);
        }

        @Override
        public void close() {
            classifier.close();
        }
    }
}
