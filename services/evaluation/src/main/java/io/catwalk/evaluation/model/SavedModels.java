package io.catwalk.evaluation.model;

import io.catwalk.modelarchives.ModelArchives;
import io.catwalk.network.export.UnusableArchiveException;
import io.catwalk.network.inference.Classifier;
import io.catwalk.network.inference.ModelSignature;
import io.catwalk.network.inference.SavedModelClassifier;
import io.catwalk.network.inference.UnloadableModelException;
import io.catwalk.objectstore.Digest;

/** Models in TensorFlow. */
public final class SavedModels implements ModelSource {
    private final ModelArchives archives;

    public SavedModels(ModelArchives archives) {
        this.archives = archives;
    }

    @Override
    public ScorableModel open(Digest archive) {
        try {
            return archives.load(archive, folder -> new Loaded(SavedModelClassifier.load(folder)));
        } catch (UnusableArchiveException | UnloadableModelException e) {
            throw new UnusableModelException("model " + archive + " can't be loaded: " + e.getMessage(), e);
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
