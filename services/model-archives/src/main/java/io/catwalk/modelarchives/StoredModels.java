package io.catwalk.modelarchives;

import io.catwalk.network.export.UnusableArchiveException;
import io.catwalk.network.inference.Classifier;
import io.catwalk.network.inference.SavedModelClassifier;
import io.catwalk.network.inference.TensorLimits;
import io.catwalk.network.inference.UnloadableModelException;
import io.catwalk.objectstore.Digest;
import io.catwalk.onnx.OnnxClassifier;

/** The store's models, each loaded by the engine for its format. */
public final class StoredModels implements ModelSource {
    private final ModelArchives archives;
    private final int onnxThreads;
    private final TensorLimits limits;

    /**
     * @param onnxThreads that ONNX Runtime computes one call with
     * @param limits of the models' tensors
     */
    public StoredModels(ModelArchives archives, int onnxThreads, TensorLimits limits) {
        this.archives = archives;
        this.onnxThreads = onnxThreads;
        this.limits = limits;
    }

    @Override
    public Classifier open(ModelFormat format, Digest digest) {
        try {
            return switch (format) {
                case SAVED_MODEL -> archives.unpacked(digest, folder -> SavedModelClassifier.load(folder, limits));
                case ONNX -> archives.asStored(digest, file -> OnnxClassifier.load(file, onnxThreads, limits));
            };
        } catch (UnusableArchiveException | UnloadableModelException e) {
            throw new UnloadableModelException("model " + digest + " can't be loaded: " + e.getMessage(), e);
        }
    }
}
