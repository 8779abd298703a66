package io.catwalk.network.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import com.google.protobuf.InvalidProtocolBufferException;
import io.catwalk.network.export.SavedModelExport;
import io.catwalk.network.export.ServingSignature;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;

/** A SavedModel's description, read and checked without TensorFlow's native code. */
record SavedModelFile(MetaGraphDef description, ModelSignature signature) {
    /**
     * Reads the description of an unpacked SavedModel.
     *
     * @throws UnloadableModelException when it is missing or damaged, hasn't exactly one graph with the serving tag, another
     *     signature, an operation that isn't allowed, or larger tensors
     */
    static SavedModelFile read(Path folder, TensorLimits limits) {
        return of(bytes(folder.resolve(SavedModelExport.FILE)), limits);
    }

    /** As {@link #read}. */
    static SavedModelFile of(byte[] bytes, TensorLimits limits) {
        SavedModel model = parse(bytes);
        if (model.getMetaGraphsCount() != 1
                || !model.getMetaGraphs(0).getMetaInfoDef().getTagsList().contains(ServingSignature.TAG)) {
            throw new UnloadableModelException(
                    "the model must have one graph with the tag %s".formatted(ServingSignature.TAG));
        }
        MetaGraphDef description = model.getMetaGraphs(0);
        ModelSignature signature = ModelSignature.of(description);
        AllowedOperations.require(description.getGraphDef());
        GraphShapes.require(description, signature, limits);
        return new SavedModelFile(description, signature);
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new UnloadableModelException("the model has no " + file.getFileName(), e);
        } catch (IOException e) {
            throw new UnloadableModelException("the model's %s can't be read".formatted(file.getFileName()), e);
        }
    }

    private static SavedModel parse(byte[] bytes) {
        try {
            return SavedModel.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new UnloadableModelException("the model's %s is damaged".formatted(SavedModelExport.FILE), e);
        }
    }
}
