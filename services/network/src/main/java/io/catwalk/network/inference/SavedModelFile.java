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

/** A SavedModel's description, read without TensorFlow's native code. */
final class SavedModelFile {
    private SavedModelFile() {}

    /** @throws UnloadableModelException when it is missing, damaged, or hasn't exactly one graph with the serving tag */
    static MetaGraphDef read(Path folder) {
        SavedModel model = parse(folder.resolve(SavedModelExport.FILE));
        if (model.getMetaGraphsCount() != 1
                || !model.getMetaGraphs(0).getMetaInfoDef().getTagsList().contains(ServingSignature.TAG)) {
            throw new UnloadableModelException(
                    "the model must have one graph with the tag %s".formatted(ServingSignature.TAG));
        }
        return model.getMetaGraphs(0);
    }

    private static SavedModel parse(Path file) {
        try {
            return SavedModel.parseFrom(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new UnloadableModelException("the model has no " + file.getFileName(), e);
        } catch (InvalidProtocolBufferException e) {
            throw new UnloadableModelException("the model's %s is damaged".formatted(file.getFileName()), e);
        } catch (IOException e) {
            throw new UnloadableModelException("the model's %s can't be read".formatted(file.getFileName()), e);
        }
    }
}
