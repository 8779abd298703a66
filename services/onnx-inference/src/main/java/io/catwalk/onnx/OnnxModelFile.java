package io.catwalk.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.catwalk.network.export.onnx.OnnxExport;
import io.catwalk.network.inference.ModelSignature;
import io.catwalk.network.inference.TensorLimits;
import io.catwalk.network.inference.UnloadableModelException;

/**
 * An ONNX model's description, read without native code.
 *
 * <p>A graph may read other files and run other code; only what {@link OnnxExport} writes is allowed here: operators of the
 * default set that compute on the input and on constants within the file, on tensors of a bounded size.
 *
 * @param bytes the whole file
 */
@SuppressWarnings("ArrayRecordComponent")
record OnnxModelFile(byte[] bytes, ModelSignature signature) {
    /**
     * Reads and checks a file.
     *
     * @throws UnloadableModelException when it is missing or damaged, has another signature or other content than allowed, or makes
     *     larger tensors
     */
    static OnnxModelFile read(Path file, TensorLimits limits) {
        return of(bytes(file), limits);
    }

    /** As {@link #read}. */
    static OnnxModelFile of(byte[] bytes, TensorLimits limits) {
        try {
            ModelProto model = ModelProto.parseFrom(bytes);
            requireAllowed(model);
            ModelSignature signature = ModelSignature.of(
                    shapes(model.getGraph().getInputList()),
                    shapes(model.getGraph().getOutputList()));
            OnnxShapes.require(model.getGraph(), signature.input(), limits);
            return new OnnxModelFile(bytes, signature);
        } catch (InvalidProtocolBufferException e) {
            throw new UnloadableModelException("the ONNX model is damaged", e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new UnloadableModelException("the ONNX model is missing", e);
        } catch (IOException e) {
            throw new UnloadableModelException("the ONNX model can't be read", e);
        }
    }

    private static void requireAllowed(ModelProto model) {
        if (model.getFunctionsCount() > 0) {
            throw new UnloadableModelException("the ONNX model has functions, which aren't allowed");
        }
        if (model.getOpsetImportCount() != 1
                || !model.getOpsetImport(0).getDomain().isEmpty()
                || model.getOpsetImport(0).getVersion() != OnnxExport.OPERATOR_SET) {
            throw new UnloadableModelException(
                    "the ONNX model must use version %d of the default operator set and no other set"
                            .formatted(OnnxExport.OPERATOR_SET));
        }
        model.getGraph().getNodeList().forEach(OnnxModelFile::requireAllowed);
        model.getGraph().getInitializerList().forEach(OnnxModelFile::requireStored);
        if (model.getGraph().getSparseInitializerCount() > 0) {
            throw new UnloadableModelException("the ONNX model has sparse constants, which aren't allowed");
        }
    }

    private static void requireAllowed(NodeProto node) {
        OnnxOperator operator = OnnxOperator.byName().get(node.getOpType());
        if (!node.getDomain().isEmpty() || operator == null) {
            throw new UnloadableModelException("the ONNX model's node %s has the operator %s, which isn't allowed"
                    .formatted(node.getName(), node.getDomain() + node.getOpType()));
        }
        if (node.getOutputCount() != 1) {
            throw new UnloadableModelException("the ONNX model's node %s has %d outputs, must have 1"
                    .formatted(node.getName(), node.getOutputCount()));
        }
        Set<String> seen = new HashSet<>();
        node.getAttributeList().forEach(attribute -> requireAllowed(node, operator, attribute, seen));
    }

    private static void requireAllowed(
            NodeProto node, OnnxOperator operator, AttributeProto attribute, Set<String> seen) {
        if (!operator.attributes().contains(attribute.getName())) {
            throw new UnloadableModelException("the ONNX model's node %s has the attribute %s, which isn't allowed"
                    .formatted(node.getName(), attribute.getName()));
        }
        boolean number = attribute.getType() == AttributeProto.AttributeType.INT
                || attribute.getType() == AttributeProto.AttributeType.INTS
                || attribute.getType() == AttributeProto.AttributeType.FLOAT;
        if (!number || !attribute.getRefAttrName().isEmpty() || !seen.add(attribute.getName())) {
            throw new UnloadableModelException("the ONNX model's node %s must have the attribute %s once, as numbers"
                    .formatted(node.getName(), attribute.getName()));
        }
    }

    /** A constant's values must be in the file itself, all of them. */
    private static void requireStored(TensorProto tensor) {
        double elements = tensor.getDimsList().stream()
                .mapToDouble(Long::doubleValue)
                .reduce(1, (product, size) -> product * size);
        int size = tensor.getDataType() == TensorProto.DataType.FLOAT_VALUE ? Float.BYTES : Long.BYTES;
        boolean known = tensor.getDataType() == TensorProto.DataType.FLOAT_VALUE
                || tensor.getDataType() == TensorProto.DataType.INT64_VALUE;
        if (!known
                || tensor.getDimsList().stream().anyMatch(dimension -> dimension < 0)
                || tensor.getDataLocation() != TensorProto.DataLocation.DEFAULT
                || tensor.getExternalDataCount() > 0
                || tensor.getRawData().size() != elements * size) {
            throw new UnloadableModelException(
                    "the ONNX model's constant %s must be float32 or int64, with all its values in the file"
                            .formatted(tensor.getName()));
        }
    }

    private static Map<String, List<Long>> shapes(List<ValueInfoProto> values) {
        return values.stream()
                .collect(Collectors.toMap(ValueInfoProto::getName, OnnxModelFile::shape, (first, second) -> List.of()));
    }

    /** Empty for another type than float32. */
    private static List<Long> shape(ValueInfoProto value) {
        TypeProto.Tensor tensor = value.getType().getTensorType();
        return tensor.getElemType() == TensorProto.DataType.FLOAT_VALUE
                ? tensor.getShape().getDimList().stream()
                        .map(OnnxModelFile::size)
                        .toList()
                : List.of();
    }

    private static long size(Dimension dimension) {
        return dimension.hasDimValue() ? dimension.getDimValue() : -1;
    }
}
