package io.catwalk.modelarchives;

import io.catwalk.network.export.UnusableArchiveException;
import io.catwalk.network.inference.Classifier;
import io.catwalk.network.inference.SavedModelClassifier;
import io.catwalk.network.inference.UnloadableModelException;
import io.catwalk.objectstore.Digest;
import io.catwalk.onnx.OnnxClassifier;

/** The store's models, each loaded by the engine for its format. */
public final class StoredModels implements ModelSource {
    private final ModelArchives archives;
    private final int onnxThreads;

    /** @param onnxThreads that ONNX Runtime computes one call with */
    public StoredModels(ModelArchives archives, int onnxThreads) {
        this.archives = archives;
        this.onnxThreads = onnxThreads;
    }

    @Override
    public Classifier open(ModelFormat format, Digest digest) {
        try {
            return switch (format) {
                case SAVED_MODEL -> archives.unpacked(digest, SavedModelClassifier::load);
                case ONNX -> archives.asStored(digest, file -> OnnxClassifier.load(file, onnxThreads));
            };
        } catch (UnusableArchiveException | UnloadableModelException e) {
            throw new UnloadableModelException("model " + digest + " can't be loaded: " + e.getMessage(), e);
        }
    }
}
