package io.catwalk.network.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import io.catwalk.network.Network;
import io.catwalk.network.checkpoint.NamedTensor;
import io.catwalk.network.checkpoint.Weights;
import io.catwalk.network.graph.ForwardPass;
import io.catwalk.network.graph.Shapes;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.TensorFlow;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;

/**
 * A trained network as a SavedModel with the signature {@link ServingSignature}.
 *
 * <p>The weights are constants of the graph: TensorFlow may then fold and fuse them, the model needs no operation that
 * reads a file, and the whole is one file whose bytes depend only on network, weights and TensorFlow version.
 */
public final class SavedModelExport {
    /** The SavedModel's only file. */
    public static final String FILE = "saved_model.pb";

    private static final String PREDICT = "tensorflow/serving/predict";
    private static final int SCHEMA_VERSION = 1;

    private SavedModelExport() {}

    /**
     * The model as an archive that {@link SavedModelArchive#unpack} takes.
     *
     * @throws IllegalArgumentException when the weights aren't the network's
     */
    public static byte[] archive(Network network, Weights weights) {
        return SavedModelArchive.pack(new TreeMap<>(Map.of(FILE, deterministicBytes(savedModel(network, weights)))));
    }

    private static SavedModel savedModel(Network network, Weights weights) {
        return SavedModel.newBuilder()
                .setSavedModelSchemaVersion(SCHEMA_VERSION)
                .addMetaGraphs(MetaGraphDef.newBuilder()
                        .setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder()
                                .addTags(ServingSignature.TAG)
                                .setTensorflowVersion(TensorFlow.version()))
                        .setGraphDef(graph(network, weights))
                        .putSignatureDef(ServingSignature.NAME, signature(network)))
                .build();
    }

    private static GraphDef graph(Network network, Weights weights) {
        weights.requireOf(network);
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            var input = network.input();
            Shape batch = Shape.of(-1, input.height(), input.width(), input.channels());
            var images = tf.withName(ServingSignature.IMAGES).placeholder(TFloat32.class, Placeholder.shape(batch));
            var logits = ForwardPass.logits(tf, network, constants(tf, weights), images);
            var named = tf.withName(ServingSignature.LOGITS).identity(logits);
            tf.withName(ServingSignature.PROBABILITIES).nn.softmax(named);
            return graph.toGraphDef();
        }
    }

    private static Map<String, Operand<TFloat32>> constants(Ops tf, Weights weights) {
        Map<String, Operand<TFloat32>> constants = new HashMap<>();
        for (NamedTensor weight : weights.tensors()) {
            var values = DataBuffers.of(weight.toArray());
            constants.put(weight.name(), tf.withName(weight.name()).constant(Shapes.of(weight.dimensions()), values));
        }
        return constants;
    }

    private static SignatureDef signature(Network network) {
        var input = network.input();
        return SignatureDef.newBuilder()
                .setMethodName(PREDICT)
                .putInputs(
                        ServingSignature.IMAGES,
                        tensor(ServingSignature.IMAGES, input.height(), input.width(), input.channels()))
                .putOutputs(ServingSignature.LOGITS, tensor(ServingSignature.LOGITS, network.classes()))
                .putOutputs(ServingSignature.PROBABILITIES, tensor(ServingSignature.PROBABILITIES, network.classes()))
                .build();
    }

    /** A float32 tensor whose first dimension is the batch's, any size. */
    private static TensorInfo tensor(String operation, int... sampleDimensions) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder().addDim(dimension(-1));
        for (int size : sampleDimensions) {
            shape.addDim(dimension(size));
        }
        return TensorInfo.newBuilder()
                .setName(operation + ":0")
                .setDtype(DataType.DT_FLOAT)
                .setTensorShape(shape)
                .build();
    }

    private static TensorShapeProto.Dim dimension(long size) {
        return TensorShapeProto.Dim.newBuilder().setSize(size).build();
    }

    /** The message's bytes with its maps in the order of their keys. */
    private static byte[] deterministicBytes(MessageLite message) {
        byte[] bytes = new byte[message.getSerializedSize()];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            message.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        out.checkNoSpaceLeft();
        return bytes;
    }
}
